/** Why Camel refuses a flow that the local runtime takes. */
export interface RealDifference {
  /** A row of the table in `test/camel-runtime/README.md`. */
  readonly name: string;
  readonly camel: RegExp;
}

/** Of the test runtime; the flows stand in apache/camel-jbang-examples, without `.camel.yaml`. */
const missingComponents: Readonly<Record<string, string>> = {
  'artemis/consumer': 'jms',
  'artemis/producer': 'jms',
  'aws/aws-s3-event-based/aws-s3-cdc-log': 'kamelet',
  'aws/aws-sqs/http-to-aws-sqs': 'kamelet',
  'camel-1-tribute/jms-to-file': 'jms',
  'cron-log/cron-log': 'cron',
  'edi-x12-as2/camel/edi-x12-as2': 'as2',
  'edi-x12-as2/camel/fake': 'as2',
  'ftp/ftp': 'jms',
  'groovy/groovy': 'once',
  'ibm/ibm-cos/ibm-cos-to-log': 'kamelet',
  'ibm/ibm-cos/kafka-to-ibm-cos': 'kamelet',
  'ibm/ibm-watson-language/comprehensive-analysis': 'kamelet',
  'ibm/ibm-watson-language/sentiment-analysis': 'kamelet',
  'ibm/ibm-watson-language/text-analysis-api': 'ibm-watson-language',
  'mqtt/mqtt': 'kamelet',
  'openai/pii-redaction/pii-redaction': 'openai',
  'openapi/client/petstore-client': 'kamelet',
  'smart-log-analyzer/analyzer/error-analyzer': 'jms',
  'smart-log-analyzer/correlator/logs-mapper': 'xslt-saxon',
  'smart-log-analyzer/correlator/traces-mapper': 'xslt-saxon',
  'smart-log-analyzer/ui-console/jms-file-storage': 'jms',
  'xslt/consumer': 'xslt',
};

const noClass: RealDifference = {
  name: 'a bean of no class',
  camel: /Error creating bean: \w+ of type: #class:org\.apache\.camel\.component\.keycloak\./,
};
const noLanguage: RealDifference = { name: 'an unknown language', camel: /No language could be found for: jq/ };

/** With everything in its place they are refused still. */
export const remainingDifferences: Readonly<Record<string, RealDifference>> = {
  'openapi/server/petstore': {
    name: '`openApi`, where its component is missing',
    camel: /No endpoint could be found for: rest-openapi:/,
  },
  // It was written for another version of the YAML DSL.
  'smart-log-analyzer/ui-console/rest-api': { name: 'an unknown field', camel: /Unsupported field: steps\n/ },
};

/** As they were written. */
export const rawDifferences: Readonly<Record<string, RealDifference>> = {
  ...Object.fromEntries(Object.entries(missingComponents).map(([path, scheme]) => [path, missing(scheme)])),
  ...remainingDifferences,
  'circuit-breaker/route': { name: 'a circuit breaker', camel: /Cannot find camel-resilience4j/ },
  'keycloak-introspection-rest/rest-api': noClass,
  'keycloak-ldap-migration/ldap-migration': noClass,
  'keycloak-security-rest/rest-api': noClass,
  'ocsf/ocsf': { name: 'an unknown data format', camel: /Data format 'ocsf' could not be created/ },
  'route-topology/route-topology': {
    name: 'an endpoint that lacks something',
    camel: /URL to the Kafka brokers must be configured/,
  },
  'routes/routes': { name: 'a bean that is not there', camel: /No bean could be found in the registry for: greeter/ },
  'smart-log-analyzer/correlator/infinispan': noLanguage,
  'smart-log-analyzer/first-iteration/analyzer': noLanguage,
  'sql/sql': { name: 'an endpoint that lacks something', camel: /Property 'dataSource' is required/ },
};

function missing(scheme: string): RealDifference {
  return {
    name: 'an unknown component',
    camel: new RegExp(`No endpoint could be found for: ${scheme}[:?]`),
  };
}
