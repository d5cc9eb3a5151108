package pipebase.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.vertx.core.json.JsonObject;

/**
 * The routes directory: {@code <id>.camel.yaml}, and beside it {@code <id>.<hash of the YAML>.params.json}, which a
 * restart needs. With the hash, a YAML never meets the params of another one, wherever a write is cut off.
 */
final class FlowFiles {

    private static final String YAML = ".camel.yaml";
    private static final String PARAMS = ".params.json";
    private static final String TEMPORARY = ".tmp";

    private final Path directory;

    FlowFiles(Path directory) {
        this.directory = directory;
    }

    List<FlowSource> readAll() throws IOException {
        List<FlowSource> flows = new ArrayList<>();
        for (String name : names()) {
            if (name.endsWith(YAML)) {
                flows.add(read(name.substring(0, name.length() - YAML.length())));
            }
        }
        return flows;
    }

    private List<String> names() throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private FlowSource read(String id) throws IOException {
        FlowSource flow = new FlowSource(id, Files.readString(yamlFile(id)), Map.of());
        try {
            JsonObject params = new JsonObject(Files.readString(paramsFile(flow)));
            return new FlowSource(id, flow.yaml(), FlowSource.readParams(params));
        } catch (NoSuchFileException e) {
            return flow;
        }
    }

    /** The YAML comes last: with it the change has happened. Where it is the same, it has happened with the params. */
    void write(FlowSource flow) throws IOException {
        JsonObject params = new JsonObject();
        flow.params().forEach(params::put);
        writeWhole(paramsFile(flow), params.encode());
        writeWhole(yamlFile(flow.id()), flow.yaml());
    }

    void delete(String id) throws IOException {
        Files.deleteIfExists(yamlFile(id));
        sweep();
    }

    /** Removes what no flow needs: params of what was there before, and what a write left that was cut off. */
    void sweep() throws IOException {
        List<Path> needed = readAll().stream().map(this::paramsFile).toList();
        for (String name : names()) {
            Path file = directory.resolve(name);
            if (name.endsWith(TEMPORARY) || name.endsWith(PARAMS) && !needed.contains(file)) {
                Files.delete(file);
            }
        }
    }

    Instant lastModified(String id) throws IOException {
        return Files.getLastModifiedTime(yamlFile(id)).toInstant();
    }

    /** Beside the target and then renamed, so that a crash leaves the old text or the new one and nothing between. */
    private void writeWhole(Path target, String text) throws IOException {
        Path temporary = Files.createTempFile(directory, "flow", TEMPORARY);
        Files.writeString(temporary, text);
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path yamlFile(String id) {
        return directory.resolve(id + YAML);
    }

    private Path paramsFile(FlowSource flow) {
        return directory.resolve(flow.id() + "." + flow.hash() + PARAMS);
    }
}
