package pipebase.runtime;

import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;

/** {@code routePolicy: startFailure}: a route that every rehearsal takes and that does not start, with an Error. */
final class StartFailure extends RoutePolicySupport {

    @Override
    public void onStart(Route route) {
        throw new AssertionError("The route was not to start.");
    }
}
