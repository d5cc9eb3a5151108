package pipebase.runtime;

import org.apache.camel.CamelContext;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.support.PluginHelper;

/**
 * Simple without its cache of all that it has parsed: what is there of {@code ${bean:…}} keeps the bean that had the name
 * then, and a flow that brings another would go on with it.
 */
final class ForgetfulSimple extends SimpleLanguage {

    static void installIn(CamelContext context) {
        LanguageResolver others = PluginHelper.getLanguageResolver(context);
        context.getCamelContextExtension().addContextPlugin(LanguageResolver.class, (name, asking) ->
                name.equals("simple") ? new ForgetfulSimple() : others.resolveLanguage(name, asking));
    }

    @Override
    public void init() {
        // Makes nothing but the cache.
    }
}
