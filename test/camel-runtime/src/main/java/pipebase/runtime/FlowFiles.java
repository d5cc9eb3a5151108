package pipebase.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.vertx.core.json.JsonObject;

/** The routes directory: {@code <id>.camel.yaml}, and beside it {@code <id>.params.json}, which a restart needs. */
final class FlowFiles {

    private static final String YAML = ".camel.yaml";
    private static final String PARAMS = ".params.json";

    private final Path directory;

    FlowFiles(Path directory) {
        this.directory = directory;
    }

    List<FlowSource> readAll() {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(YAML)).sorted()
                        .map(name -> read(name.substring(0, name.length() - YAML.length()))).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FlowSource read(String id) {
        try {
            return new FlowSource(id, Files.readString(file(id, YAML)), readParams(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> readParams(String id) throws IOException {
        try {
            return FlowSource.readParams(new JsonObject(Files.readString(file(id, PARAMS))));
        } catch (NoSuchFileException e) {
            return Map.of();
        }
    }

    /** The YAML comes last: with it the change has happened. */
    void write(FlowSource flow) throws IOException {
        JsonObject params = new JsonObject();
        flow.params().forEach(params::put);
        writeWhole(file(flow.id(), PARAMS), params.encode());
        writeWhole(file(flow.id(), YAML), flow.yaml());
    }

    void delete(String id) throws IOException {
        Files.deleteIfExists(file(id, YAML));
        Files.deleteIfExists(file(id, PARAMS));
    }

    Instant lastModified(String id) throws IOException {
        return Files.getLastModifiedTime(file(id, YAML)).toInstant();
    }

    /** Beside the target and then renamed, so that a crash leaves the old text or the new one and nothing between. */
    private void writeWhole(Path target, String text) throws IOException {
        Path temporary = Files.createTempFile(directory, "flow", ".tmp");
        Files.writeString(temporary, text);
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String id, String suffix) {
        return directory.resolve(id + suffix);
    }
}
