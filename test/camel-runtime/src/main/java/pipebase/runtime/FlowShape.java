package pipebase.runtime;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * A list of maps with one key each (canonical shapes, decided). Camel alone is laxer: it passes over what is no list,
 * and takes an item of several keys for its first one.
 */
final class FlowShape {

    private FlowShape() {
    }

    static void check(String yaml) {
        LoadSettings settings = LoadSettings.builder().build();
        Node root = compose(yaml, settings);
        if (!(root instanceof SequenceNode list)) {
            throw new Refusal(400, "A flow is a YAML list of routes and what goes with them.");
        }
        for (Node item : list.getValue()) {
            if (!(item instanceof MappingNode map) || map.getValue().size() != 1) {
                throw new Refusal(400, "Each item of a flow is a map with exactly one key, such as `route`.");
            }
        }
    }

    private static Node compose(String yaml, LoadSettings settings) {
        try {
            return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml))).getSingleNode()
                    .orElseThrow(() -> new Refusal(400, "The flow is empty."));
        } catch (YamlEngineException e) {
            throw new Refusal(400, "The YAML cannot be read: " + e.getMessage());
        }
    }
}
