package pipebase.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.rest.RestDefinition;

/** What one flow has put into a context; Camel itself does not remember where its definitions came from. */
record ModelPart(
        List<RouteDefinition> routes,
        List<RestDefinition> rests,
        List<RouteTemplateDefinition> templates,
        List<RouteConfigurationDefinition> configurations,
        List<BeanFactoryDefinition<?>> beans,
        List<String> routeIds) {

    static final ModelPart NOTHING =
            new ModelPart(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    static ModelPart everythingIn(CamelContext context) {
        Model model = modelOf(context);
        return new ModelPart(
                List.copyOf(model.getRouteDefinitions()),
                List.copyOf(model.getRestDefinitions()),
                List.copyOf(model.getRouteTemplateDefinitions()),
                List.copyOf(model.getRouteConfigurationDefinitions()),
                List.copyOf(model.getCustomBeans()),
                context.getRoutes().stream().map(Route::getId).toList());
    }

    ModelPart without(ModelPart earlier) {
        return new ModelPart(
                less(routes, earlier.routes),
                less(rests, earlier.rests),
                less(templates, earlier.templates),
                less(configurations, earlier.configurations),
                less(beans, earlier.beans),
                less(routeIds, earlier.routeIds));
    }

    /** By identity: definitions that look alike may belong to different flows. */
    private static <T> List<T> less(List<T> all, List<T> earlier) {
        return all.stream().filter(one -> earlier.stream().noneMatch(other -> other == one || other.equals(one)))
                .toList();
    }

    boolean hasRoutes() {
        return Stream.of(routes, rests, templates, configurations, routeIds).anyMatch(part -> !part.isEmpty());
    }

    /** What the routes of other flows may use. Their beans are in the registry, which every context looks into. */
    void lendTo(CamelContext other) throws Exception {
        Model model = modelOf(other);
        model.addRouteTemplateDefinitions(templates);
        model.addRouteConfigurations(configurations);
    }

    void removeFrom(CamelContext context) throws Exception {
        Model model = modelOf(context);
        for (String id : routeIds) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
        for (RouteDefinition route : new ArrayList<>(routes)) {
            model.removeRouteDefinition(route);
        }
        model.getRestDefinitions().removeAll(rests);
        model.getRouteTemplateDefinitions().removeAll(templates);
        model.getRouteConfigurationDefinitions().removeAll(configurations);
        for (BeanFactoryDefinition<?> bean : beans) {
            context.getRegistry().unbind(bean.getName());
            model.getCustomBeans().remove(bean);
        }
    }

    private static Model modelOf(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }
}
