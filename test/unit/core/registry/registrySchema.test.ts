import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020';
import fc from 'fast-check';
import { parse } from 'yaml';
import { registryJsonSchema, registrySchema } from '../../../../src/core/registry/registrySchema';

const validate = new Ajv2020().compile(registryJsonSchema());

/** What the editor's YAML support says of a document, which must be what reading it says. */
function isValid(document: unknown): boolean {
  const isRead = registrySchema.safeParse(document).success;
  assert.equal(validate(document), isRead, `${JSON.stringify(document)}: ${JSON.stringify(validate.errors)}`);
  return isRead;
}

const dev = 'dev: { url: http://localhost:8181 }';
const good: readonly string[] = [
  `version: 1\nenvironments: { ${dev} }`,
  `version: 1\nflows: {}\nparameters: {}\nenvironments: {}`,
  `version: 1
flows: { include: [flows/**/*.camel.yaml], exclude: [] }
parameters: { orders-topic: orders, db-password: { secret: true }, region: { env: AWS_REGION }, n: 1.5, b: false, e: "" }
environments:
  dev: { url: http://localhost:8181, promotesTo: prod, default: true }
  prod:
    name: Production
    url: https://runtime.example.com
    protected: true
    allowInsecure: false
    parameters: { orders-topic: orders-prod }
    substitution: client
    tls: { caFile: certs/ca.pem, certFile: a, keyFile: b }
    timeoutMs: 600000
`,
];
const inDev = (fields: string): string => `version: 1\nenvironments: { dev: { url: https://d, ${fields} } }`;
const bad: readonly string[] = [
  '',
  '- version: 1',
  `environments: { ${dev} }`,
  'version: 1',
  `version: 2\nenvironments: { ${dev} }`,
  `version: "1"\nenvironments: { ${dev} }`,
  `version: 1\nflow: {}\nenvironments: { ${dev} }`,
  `version: 1\nflows: { include: "**" }\nenvironments: { ${dev} }`,
  `version: 1\nflows: { include: [""] }\nenvironments: { ${dev} }`,
  `version: 1\nparameters: { a: null }\nenvironments: { ${dev} }`,
  `version: 1\nparameters: { a: { secret: false } }\nenvironments: { ${dev} }`,
  `version: 1\nparameters: { a: { env: "" } }\nenvironments: { ${dev} }`,
  `version: 1\nparameters: { a: { env: A, secret: true } }\nenvironments: { ${dev} }`,
  'version: 1\nenvironments:\n',
  'version: 1\nenvironments: { dev: }',
  'version: 1\nenvironments: { dev: { name: x } }',
  'version: 1\nenvironments: { dev: { url: "" } }',
  'version: 1\nenvironments: { "": { url: https://d } }',
  ...['name: 7', 'promotesTo: ""', 'default: "true"', 'protcted: true', 'substitution: server'].map(inDev),
  ...['timeoutMs: 0', 'timeoutMs: 1.5', 'timeoutMs: 600001', 'tls: { ca: x }', 'tls: []', 'parameters: [a]'].map(inDev),
];

describe('registryJsonSchema', () => {
  it('describes the format of the file', () => {
    const schema = registryJsonSchema() as { properties: Record<string, unknown>; required: string[] };
    assert.deepEqual(Object.keys(schema.properties), ['version', 'flows', 'parameters', 'environments']);
    assert.deepEqual(schema.required, ['version', 'environments']);
  });

  it('accepts what is read without a fault, and nothing else', () => {
    for (const text of good) assert.equal(isValid(parse(text)), true, text);
    for (const text of bad) assert.equal(isValid(parse(text)), false, text);
  });

  it('agrees with the reading of any document', () => {
    const key = fc.constantFrom(
      ...['version', 'flows', 'parameters', 'environments', 'include', 'dev', '', 'url', 'tls', 'caFile', 'timeoutMs'],
      ...['secret', 'env', 'default', 'substitution', 'promotesTo'],
    );
    const scalar = fc.constantFrom<unknown>(null, true, false, 0, 1, 1.5, 600_001, '', 'client', 'https://d');
    const { any } = fc.letrec<{ any: unknown }>((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('any'), { maxLength: 2 }), fc.dictionary(key, tie('any'))),
    }));
    const nearly = fc
      .tuple(fc.constantFrom(...good), fc.array(fc.tuple(fc.array(key, { maxLength: 3 }), any), { maxLength: 3 }))
      .map(([text, changes]) =>
        changes.reduce<unknown>((document, [path, value]) => put(document, path, value), parse(text)),
      );
    fc.assert(
      fc.property(fc.oneof(any, nearly), (document) => void isValid(document)),
      { numRuns: 1000 },
    );
  });
});

/** The document with another value at a path. */
function put(document: unknown, [key, ...path]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const fields = typeof document === 'object' && document !== null ? document : {};
  return { ...fields, [key]: put((fields as Record<string, unknown>)[key], path, value) };
}
