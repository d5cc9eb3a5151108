package pipebase.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

import io.vertx.ext.web.Router;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Starts a runtime on the loopback interface: the management API and the flows' own HTTP endpoints on one port. */
public final class RuntimeMain {

    private RuntimeMain() {
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> environment = System.getenv();
        int port = Integer.parseInt(environment.getOrDefault("PIPEBASE_PORT", "8181"));
        Path directory = Path.of(environment.getOrDefault("PIPEBASE_ROUTES_DIRECTORY", "routes"));
        DeployToken token = new DeployToken(environment.getOrDefault("PIPEBASE_DEPLOY_TOKEN", ""));

        if (isTaken(port)) {
            System.err.println("Port " + port + " is taken.");
            System.exit(1);
        }
        Main main = new Main() {
            @Override
            protected CamelContext createCamelContext() {
                CamelContext context = super.createCamelContext();
                ForgetfulSimple.installIn(context);
                return context;
            }
        };
        main.configure().withShutdownTimeout(1);
        main.configure().httpServer().withEnabled(true).withHost("127.0.0.1").withPort(port);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                try {
                    serve(started.getCamelContext(), directory, token);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        main.run(args);
    }

    /** Camel's own server only logs that it cannot listen, and goes on. */
    private static boolean isTaken(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress("127.0.0.1", port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** The API comes last: whoever gets an answer from it finds every stored flow running that can. */
    private static void serve(CamelContext context, Path directory, DeployToken token) throws IOException {
        FlowParameters parameters = new FlowParameters();
        context.getPropertiesComponent().addPropertiesSource(parameters);
        context.getCamelContextExtension().addInterceptStrategy(parameters);
        context.getRegistry().bind("startFailure", new StartFailure());
        Rehearsal rehearsal = new Rehearsal(context, parameters);
        Flows flows = new Flows(new FlowEngine(context, parameters), rehearsal, new FlowFiles(directory));
        flows.loadStored();

        VertxPlatformHttpServer server = context.hasService(VertxPlatformHttpServer.class);
        Router router = (Router) server.getServer().requestHandler();
        new TestApi(token, new PlaceholderAnswers(context, parameters), rehearsal).mount(router);
        new ManagementApi(token, flows, context).mount(router);
        System.out.println("The Camel runtime is ready.");
    }
}
