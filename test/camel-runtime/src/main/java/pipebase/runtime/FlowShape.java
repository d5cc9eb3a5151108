package pipebase.runtime;

import java.util.Collections;
import java.util.List;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * A list of maps with one key each (canonical shapes, decided). Camel alone is laxer: it passes over what is no list,
 * and takes an item of several keys for its first one.
 */
final class FlowShape {

    private static final List<String> FOR_OTHERS = List.of("beans", "routeConfiguration", "routeTemplate");

    private FlowShape() {
    }

    static void check(String yaml) {
        keysOf(yaml);
    }

    /** Whether routes of other flows may use something of it, so that it has to be there before them. */
    static boolean servesOthers(String yaml) {
        try {
            return !Collections.disjoint(keysOf(yaml), FOR_OTHERS);
        } catch (Refusal refusal) {
            return false;
        }
    }

    private static List<String> keysOf(String yaml) {
        LoadSettings settings = LoadSettings.builder().build();
        Node root = compose(yaml, settings);
        if (!(root instanceof SequenceNode list)) {
            throw new Refusal(400, "A flow is a YAML list of routes and what goes with them.");
        }
        return list.getValue().stream().map(FlowShape::keyOf).toList();
    }

    private static String keyOf(Node item) {
        if (!(item instanceof MappingNode map) || map.getValue().size() != 1) {
            throw new Refusal(400, "Each item of a flow is a map with exactly one key, such as `route`.");
        }
        return map.getValue().get(0).getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }

    private static Node compose(String yaml, LoadSettings settings) {
        try {
            return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml))).getSingleNode()
                    .orElseThrow(() -> new Refusal(400, "The flow is empty."));
        } catch (YamlEngineException e) {
            throw new Refusal(400, "The YAML cannot be read: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new Refusal(400, "The YAML cannot be read: It is nested too deeply.");
        }
    }
}
