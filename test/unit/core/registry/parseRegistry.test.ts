import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRegistry } from '../../../../src/core/registry/parseRegistry';
import type { Registry } from '../../../../src/core/registry/types';

const file = 'file:///w/pipebase.yaml';

function read(text: string): Registry {
  return parseRegistry(text, file);
}

/** `line:column code`, both counted from zero. */
function places(text: string): readonly string[] {
  return read(text).faults.map(({ code, range }) => `${range.start.line}:${range.start.column} ${code}`);
}

function withDev(fields: string): string {
  return `version: 1\nenvironments:\n  dev: { url: "https://d", ${fields} }\n`;
}

const whole = `version: 1
flows:
  include: ["flows/**/*.camel.yaml"]
  exclude: ["**/archive/**"]
parameters:
  orders-topic: orders
  db-password: { secret: true }
  region: { env: AWS_REGION }
environments:
  prod:
    name: Production
    url: https://runtime.example.com/base/
    protected: true
  dev:
    url: http://localhost:8181
    promotesTo: test
  test:
    url: https://test.example.com:8443
    promotesTo: prod
    default: true
    parameters: { orders-topic: orders-test }
    substitution: client
    tls: { caFile: certs/ca.pem }
    timeoutMs: 500
`;

describe('parseRegistry: a whole file', () => {
  it('gives environments in promotion order, with defaults for what is not said', () => {
    const registry = read(whole);
    assert.deepEqual(registry.faults, []);
    assert.deepEqual(
      registry.include?.map(({ glob, range: { start, end } }) => [glob, start.line, start.column, end.column]),
      [['flows/**/*.camel.yaml', 2, 12, 35]],
    );
    assert.deepEqual(registry.exclude, ['**/archive/**']);
    const [dev, test, prod] = registry.environments;
    assert.deepEqual([dev?.id, test?.id, prod?.id], ['dev', 'test', 'prod']);
    assert.deepEqual(
      { ...dev, parameters: undefined },
      {
        id: 'dev',
        label: 'dev',
        url: 'http://localhost:8181',
        origin: 'http://localhost:8181',
        promotesTo: 'test',
        isDefault: false,
        isProtected: false,
        allowInsecure: false,
        substitution: 'runtime',
        parameters: undefined,
        tls: {},
        timeoutMs: 10_000,
        range: {
          start: { line: 13, column: 2, offset: whole.indexOf('dev:') },
          end: { line: 13, column: 5, offset: whole.indexOf('dev:') + 3 },
        },
      },
    );
    assert.deepEqual(
      [test?.isDefault, test?.substitution, test?.tls, test?.timeoutMs, test?.origin],
      [true, 'client', { caFile: 'certs/ca.pem' }, 500, 'https://test.example.com:8443'],
    );
    assert.deepEqual(
      [prod?.label, prod?.url, prod?.isProtected, prod?.promotesTo],
      ['Production', 'https://runtime.example.com/base', true, undefined],
    );
  });

  it('reads parameters of every kind, each with its place', () => {
    const { parameters } = read(whole);
    assert.deepEqual(
      [...parameters].map(([key, { kind, range }]) => [key, kind, range.start.line]),
      [
        ['orders-topic', 'text', 5],
        ['db-password', 'secret', 6],
        ['region', 'env', 7],
      ],
    );
    const region = parameters.get('region');
    assert.equal(region?.kind === 'env' && region.variable, 'AWS_REGION');
  });

  it('keeps the text that a scalar was written with', () => {
    const texts = ['014', '1e3', 'yes', 'true', '0x1F', '1_000', '-0.0', '.inf', '2001-01-01', '1.10'];
    const lines = texts.map((text, index) => `  k${index}: ${text}\n`).join('');
    const { parameters, faults } = read(
      `version: 1\nparameters:\n${lines}  e: ""\nenvironments: { dev: { url: https://d } }\n`,
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(
      [...parameters.values()].map((definition) => definition.kind === 'text' && definition.text),
      [...texts, ''],
    );
  });

  it('takes the first environment of the file for the default where none is marked', () => {
    const text =
      'version: 1\nenvironments:\n  a: { url: https://a }\n  b: { url: https://b, promotesTo: c }\n  c: { url: https://c }\n';
    assert.deepEqual(
      read(text).environments.map(({ id, isDefault }) => [id, isDefault]),
      [
        ['b', false],
        ['c', false],
        ['a', true],
      ],
    );
  });

  it('uses no environment without an id', () => {
    const text = 'version: 1\nenvironments:\n  "": { url: https://e, default: true }\n  dev: { url: https://d }\n';
    assert.deepEqual(
      read(text).environments.map(({ id, isDefault }) => [id, isDefault]),
      [['dev', true]],
    );
    assert.equal(read(text).faults[0]?.message, 'An environment needs an id.');
  });

  it('takes the first that can be used of those marked for the default, and tells of the others', () => {
    const text =
      'version: 1\nenvironments:\n  a: { url: ftp://a, default: true }\n  b: { url: https://b }\n  c: { url: https://c, default: true }\n';
    assert.equal(read(text).environments.find(({ isDefault }) => isDefault)?.id, 'c');
    const fault = read(text).faults.find(({ code }) => code === 'two-defaults');
    assert.equal(fault?.message, '`c` is the default already; `a` cannot be one, too.');
  });

  it('follows aliases', () => {
    const text =
      'version: 1\nenvironments:\n  a: { url: https://a, tls: &t { caFile: ca.pem } }\n  b: { url: https://b, tls: *t }\n';
    assert.equal(read(text).environments[1]?.tls.caFile, 'ca.pem');
    const many = Array.from({ length: 150 }, (_, index) => `  e${index}: *b\n`).join('');
    assert.equal(read(text.replace('  b: ', '  b: &b ') + many).environments.length, 152);
  });
});

describe('parseRegistry: faults', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['an empty file', '', ['0:0 empty-registry']],
    ['binary data', 'a\0b', ['0:0 binary-file']],
    ['a list', '- a\n', ['0:0 not-a-map']],
    ['no version', 'environments: { dev: { url: https://d } }\n', ['0:0 missing-version']],
    ['another version', 'version: 2\nenvironments: { dev: { url: https://d } }\n', ['0:9 unsupported-version']],
    ['no environments', 'version: 1\n', ['0:0 no-environments']],
    ['environments without a value', 'version: 1\nenvironments:\n', ['1:0 no-environments']],
    ['environments without any', 'version: 1\nenvironments: {}\n', ['1:0 no-environments']],
    ['a tab', 'version: 1\nenvironments:\n\tdev: x\n', ['2:0 yaml-syntax']],
    [
      'an unknown key at the top',
      'version: 1\nflow: {}\nenvironments: { dev: { url: https://d } }\n',
      ['1:0 unknown-key'],
    ],
    ['an unknown key of an environment', withDev('promoteTo: x'), ['2:27 unknown-key']],
    ['an unknown key of tls', withDev('tls: { ca: x }'), ['2:34 unknown-key']],
    ['a key twice', withDev('name: a, name: b'), ['2:36 duplicate-key']],
    ['an id twice', `${withDev('name: a')}  dev: { url: https://e }\n`, ['3:2 duplicate-environment']],
    ['an environment without a url', 'version: 1\nenvironments:\n  dev: { name: x }\n', ['2:2 missing-key']],
    ['an environment without anything', 'version: 1\nenvironments:\n  dev:\n', ['2:2 wrong-value']],
    ['a boolean that is a text', withDev('protected: "yes"'), ['2:38 wrong-value']],
    ['a time-out that is no number', withDev('timeoutMs: soon'), ['2:38 wrong-value']],
    ['a time-out of nothing', withDev('timeoutMs: 0'), ['2:38 wrong-value']],
    ['a substitution that is none', withDev('substitution: me'), ['2:41 wrong-value']],
    ['a parameter without a value', withDev('parameters: { a: null }'), ['2:44 wrong-parameter']],
    ['a parameter that is a list', withDev('parameters: { a: [1] }'), ['2:44 wrong-parameter']],
    ['a parameter that is no secret', withDev('parameters: { a: { secret: false } }'), ['2:44 wrong-parameter']],
    ['a parameter of two sources', withDev('parameters: { a: { secret: true, env: X } }'), ['2:44 wrong-parameter']],
    ['an unknown target', withDev('promotesTo: tset'), ['2:39 unknown-promotion-target']],
    ['itself as a target', withDev('promotesTo: dev'), ['2:39 promotes-to-itself']],
    ['an environment without an id', `${withDev('name: d')}  "": { url: https://e }\n`, ['3:2 no-environment-id']],
    ['two defaults', `${withDev('default: true')}  b: { url: https://b, default: true }\n`, ['3:23 two-defaults']],
    ['an alias in itself', 'version: &a [*a]\n', ['0:0 unreadable']],
  ];
  for (const [name, text, expected] of cases) {
    it(`tells ${name}`, () => {
      assert.deepEqual(places(text), expected);
    });
  }

  const urls: readonly (readonly [string, string | undefined])[] = [
    ['https://x.example', undefined],
    ['http://localhost:8181', undefined],
    ['http://app.localhost', 'insecure-url'],
    ['http://127.0.0.9:1', undefined],
    ['http://[::1]:8181', undefined],
    ['ftp://x', 'bad-url'],
    ['x.example', 'bad-url'],
    ['https://', 'bad-url'],
    ['https:x', 'bad-url'],
    ['https://a b', 'bad-url'],
    ['https://u:p@x', 'url-with-credentials'],
    ['https://x?', 'url-with-query'],
    ['https://x/#a', 'url-with-query'],
    ['http://x.example', 'insecure-url'],
    ['http://localhost.example', 'insecure-url'],
    ['http://127.0.0.1.example', 'insecure-url'],
  ];
  for (const [url, code] of urls) {
    it(`judges ${url}: ${code ?? 'fine'}`, () => {
      const text = `version: 1\nenvironments:\n  dev: { url: "${url}" }\n`;
      assert.deepEqual(places(text), code === undefined ? [] : [`2:14 ${code}`]);
    });
  }

  it('never repeats a password', () => {
    const places = ['https://%@x', 'ftp://%/@%@x', '%@x', 'https://%@x y', 'https://%\\n@x'];
    for (const url of places.map((place) => place.replaceAll('%', 'user:hunter2'))) {
      const { faults } = read(`version: 1\nenvironments:\n  dev: { url: "${url}" }\n`);
      assert.ok(faults.length > 0 && faults.every(({ message }) => !message.includes('hunter2')));
    }
  });

  it('shows an insecure environment, and names the setting that allows it', () => {
    const registry = read('version: 1\nenvironments:\n  dev: { url: "http://x.example" }\n');
    assert.equal(registry.environments[0]?.url, 'http://x.example');
    assert.equal(registry.environments[0].allowInsecure, false);
    assert.match(registry.faults[0]?.message ?? '', /`allowInsecure: true`/);
    assert.deepEqual(
      places('version: 1\nenvironments:\n  dev: { url: "http://x.example", allowInsecure: true }\n'),
      [],
    );
  });

  it('asks whether another word was meant', () => {
    assert.match(read(withDev('promoteTo: x')).faults[0]?.message ?? '', /Did you mean `promotesTo`\?/);
    const text = `${withDev('promotesTo: tset')}  test: { url: https://t }\n`;
    assert.match(read(text).faults[0]?.message ?? '', /Did you mean `test`\?/);
  });

  it('asks for quotes around a pattern that begins with a star', () => {
    for (const list of ['[**/*.yaml]', '\n    - **/*.yaml']) {
      const text = `version: 1\nflows:\n  include: ${list}\nenvironments:\n  dev: { url: https://d, name: *x }\n`;
      const { faults } = read(text);
      assert.deepEqual(
        faults.map(({ message }) => message),
        [
          'A text that begins with `*` needs quotes: write `"**/*.yaml"`.',
          'A text that begins with `*` needs quotes: write `"*x"`.',
        ],
      );
      assert.equal(faults[0]?.range.start.offset, text.indexOf('**'));
    }
  });

  it('asks for quotes around a parameter that begins with a brace', () => {
    for (const written of ['{{x}}', '{x}']) {
      const [fault] = read(`version: 1\nparameters:\n  a: ${written}\nenvironments:\n  d: { url: https://d }\n`).faults;
      assert.match(fault?.message ?? '', /a text that begins with `\{` needs quotes\.$/);
    }
    assert.doesNotMatch(read(withDev('parameters: { a: [1] }')).faults[0]?.message ?? '', /quotes/);
  });

  it('tells all of them at once, in the order of the file', () => {
    const text =
      'version: 1\nparameters: { a: null }\nenvironments:\n  dev: { ulr: x }\n  b: { url: "ftp://x", promotesTo: b }\n';
    assert.deepEqual(places(text), [
      '1:17 wrong-parameter',
      '3:2 missing-key',
      '3:9 unknown-key',
      '4:12 bad-url',
      '4:35 promotes-to-itself',
    ]);
  });

  it('does not let one faulty environment take the others down, nor one field its environment', () => {
    const text =
      'version: 1\nenvironments:\n  dev: { url: "ftp://x" }\n  test: { url: https://t, promotesTo: dev, protected: "yes", timeoutMs: x, name: 5 }\n';
    const { environments } = read(text);
    assert.deepEqual(
      environments.map(({ id, isProtected, timeoutMs, label, promotesTo }) => [
        id,
        isProtected,
        timeoutMs,
        label,
        promotesTo,
      ]),
      [['test', true, 10_000, 'test', undefined]],
    );
  });

  for (const [field, isProtected] of [
    ['Protected: true', true],
    ['protectd: true', true],
    ['protect: "yes"', true],
    ['protectd: false', false],
    ['promotesT: prod', false],
    ['owner: me', false],
  ] as const) {
    it(`${isProtected ? 'asks' : 'does not ask'} before changes where an environment has ${field}`, () => {
      assert.deepEqual(
        read(withDev(field)).environments.map((environment) => environment.isProtected),
        [isProtected],
      );
    });
  }

  it('gives no environments from a text that is no YAML or of another version: `protected` might be lost', () => {
    assert.deepEqual(read('version: 1\nenvironments:\n  dev: { url: https://d }\n  x: "\n').environments, []);
    assert.deepEqual(read('version: 2\nenvironments:\n  dev: { url: https://d }\n').environments, []);
  });
});

describe('parseRegistry: cycles', () => {
  const text =
    'version: 1\nenvironments:\n  in: { url: https://i, promotesTo: dev }\n  dev: { url: https://d, promotesTo: test }\n  test: { url: https://t, promotesTo: prod }\n  prod: { url: https://p, promotesTo: dev }\n';

  it('names the whole chain on each environment that is part of it', () => {
    const { faults } = read(text);
    assert.deepEqual(
      faults.map(({ code, range }) => `${range.start.line} ${code}`),
      ['3 promotion-cycle', '4 promotion-cycle', '5 promotion-cycle'],
    );
    for (const { message } of faults) assert.ok(message.includes('dev → test → prod → dev'), message);
  });

  it('keeps the environments, and marks those that cannot be promoted from', () => {
    assert.deepEqual(
      read(text).environments.map(({ id, cycle }) => [id, cycle]),
      [
        ['in', undefined],
        ['dev', ['dev', 'test', 'prod', 'dev']],
        ['test', ['dev', 'test', 'prod', 'dev']],
        ['prod', ['dev', 'test', 'prod', 'dev']],
      ],
    );
  });

  it('has no limit to a chain', () => {
    const lines = Array.from(
      { length: 2_000 },
      (_, index) => `  e${index}: { url: https://e, promotesTo: e${index + 1} }\n`,
    );
    const long = `version: 1\nenvironments:\n${lines.join('')}  e2000: { url: https://e }\n`;
    assert.deepEqual(read(long).faults, []);
    const closed = long.replace('e2000: { url: https://e }', 'e2000: { url: https://e, promotesTo: e0 }');
    assert.equal(read(closed).environments[7]?.cycle?.length, 2_002);
  }).timeout(20_000);

  it('tells a ring of ten thousand once and shared, with its middle left out', () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, index) => `  e${index}: { url: https://e, promotesTo: e${(index + 1) % 10_000} }\n`,
    );
    const { faults, environments } = read(`version: 1\nenvironments:\n${lines.join('')}`);
    assert.equal(faults.length, 10_000);
    assert.equal(new Set(environments.map(({ cycle }) => cycle)).size, 1);
    const [message, ...others] = new Set(faults.map((fault) => fault.message));
    assert.match(message ?? '', /: e0 → e1 → .* → … 9985 more … → .* → e9999 → e0\. One of these/);
    assert.ok((message ?? '').length < 300);
    assert.deepEqual(others, []);
  }).timeout(20_000);
});

describe('parseRegistry: any text', () => {
  it('never throws', () => {
    const pieces = fc.constantFrom(
      'version: 1\n',
      'environments:',
      '\n  ',
      'dev',
      ': ',
      '{',
      '}',
      '*a',
      '&a ',
      '- ',
      '"',
      '\t',
      '__proto__',
      'url',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        read(parts.join(''));
      }),
      { numRuns: 1000 },
    );
  });
});
