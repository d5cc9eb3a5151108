import assert from 'node:assert/strict';
import {
  addEnvironment,
  type RegistryEdit,
  removeEnvironment,
  renameEnvironment,
  setDefaultEnvironment,
  setEnvironmentUrl,
  setPromotionTarget,
} from '../../../../src/core/registry/editRegistry';
import { parseRegistry } from '../../../../src/core/registry/parseRegistry';

function textOf(edit: RegistryEdit): string {
  return edit.kind === 'edited' ? edit.text : assert.fail(edit.message);
}

const registry = `# shared
version: 1
environments:
  dev: # here
    url: http://localhost:8181   # local
    promotesTo: test
  "test":
    name: Test
    url: 'https://test.example.com'
`;

describe('setEnvironmentUrl', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a plain url', registry, registry.replace('http://localhost:8181', 'https://new.example')],
    [
      'CRLF',
      registry.replaceAll('\n', '\r\n'),
      registry.replaceAll('\n', '\r\n').replace('http://localhost:8181', 'https://new.example'),
    ],
    [
      'a byte order mark',
      `\uFEFF${registry}`,
      `\uFEFF${registry.replace('http://localhost:8181', 'https://new.example')}`,
    ],
    [
      'a flow map',
      'version: 1\nenvironments: {dev: {url: "https://a", name: x}}\n',
      'version: 1\nenvironments: {dev: {url: "https://new.example", name: x}}\n',
    ],
    [
      'an empty url',
      'environments:\n  dev:\n    url: # none yet\n    name: x\n',
      'environments:\n  dev:\n    url: https://new.example # none yet\n    name: x\n',
    ],
    [
      'no url',
      'environments:\n  dev:\n    # first\n    name: x\n',
      'environments:\n  dev:\n    # first\n    url: https://new.example\n    name: x\n',
    ],
    [
      'an empty environment',
      'environments:\n  dev:\n  test: { url: https://t }\n',
      'environments:\n  dev:\n    url: https://new.example\n  test: { url: https://t }\n',
    ],
    ['an empty flow map', 'environments:\n  dev: {}\n', 'environments:\n  dev: { url: https://new.example }\n'],
    [
      'an alias',
      'x: &u https://a\nenvironments:\n  dev: { url: *u }\n',
      'x: &u https://a\nenvironments:\n  dev: { url: https://new.example }\n',
    ],
    [
      'a block scalar',
      'environments:\n  dev:\n    url: >-\n      https://a\n    name: x\n',
      'environments:\n  dev:\n    url: https://new.example\n    name: x\n',
    ],
  ];
  for (const [name, before, after] of cases) {
    it(`changes ${name} and nothing else`, () => {
      assert.equal(textOf(setEnvironmentUrl(before, 'dev', 'https://new.example')), after);
    });
  }

  it('keeps quotes as they were', () => {
    assert.ok(textOf(setEnvironmentUrl(registry, 'test', 'https://b')).includes("    url: 'https://b'\n"));
  });

  it('quotes what needs it', () => {
    assert.ok(
      textOf(setEnvironmentUrl(registry, 'dev', 'http://[::1]:8181')).includes(
        '    url: "http://[::1]:8181"   # local',
      ),
    );
  });

  it('refuses with a sentence what it cannot do', () => {
    const refusals: readonly (readonly [RegistryEdit, RegExp])[] = [
      [setEnvironmentUrl(registry, 'gone', 'https://b'), /no environment `gone`/],
      [setEnvironmentUrl(registry, 'dev', 'ftp://b'), /not a URL/],
      [setEnvironmentUrl('a: "', 'dev', 'https://b'), /not valid YAML/],
      [setEnvironmentUrl('- a', 'dev', 'https://b'), /not valid YAML/],
      [setEnvironmentUrl('', 'dev', 'https://b'), /no environment `dev`/],
    ];
    for (const [edit, sentence] of refusals) {
      assert.match(edit.kind === 'refused' ? edit.message : 'edited', sentence);
    }
  });
});

const chain = `version: 1
environments: # all
  dev: # first
    url: http://localhost:8181
    promotesTo: test # next
    default: true
  # between
  test: { url: "https://t", promotesTo: prod }
  prod:
    url: https://p

# end
parameters: {}
`;

function refusal(edit: RegistryEdit): string {
  return edit.kind === 'refused' ? edit.message : assert.fail(edit.text);
}

describe('edits of environments', () => {
  it('adds one behind the last', () => {
    const text = textOf(addEnvironment(chain, { id: 'qa', url: 'https://q', promotesTo: 'prod' }));
    assert.equal(
      text,
      chain.replace('    url: https://p\n', '    url: https://p\n  qa:\n    url: https://q\n    promotesTo: prod\n'),
    );
    assert.match(refusal(addEnvironment(chain, { id: 'dev', url: 'https://q' })), /already/);
    assert.match(refusal(addEnvironment(chain, { id: 'qa', url: 'https://q', promotesTo: 'x' })), /no environment `x`/);
    assert.match(
      refusal(addEnvironment('environments: {a: {url: https://a}}', { id: 'b', url: 'https://b' })),
      /by hand/,
    );
  });

  it('adds one with a blank line before it, where the others have one', () => {
    const one = '  dev:\n    url: https://d\n';
    const two = '  # tested\n  test:\n    url: https://t\n';
    const added = '  qa:\n    url: https://q\n';
    const head = 'version: 1\n\nenvironments:\n';
    for (const [before, after] of [
      [`${head}${one}\n${two}`, `${head}${one}\n${two}\n${added}`],
      [`${head}${one}\n${two}\nparameters: {}\n`, `${head}${one}\n${two}\n${added}\nparameters: {}\n`],
      [`${head}${one}${two}`, `${head}${one}${two}${added}`],
      [`${head}\n${one}`, `${head}\n${one}${added}`],
    ] as const) {
      assert.equal(textOf(addEnvironment(before, { id: 'qa', url: 'https://q' })), after);
      const [windows, changed] = [before.replaceAll('\n', '\r\n'), after.replaceAll('\n', '\r\n')];
      assert.equal(textOf(addEnvironment(windows, { id: 'qa', url: 'https://q' })), changed);
    }
  });

  it('adds one at another machine over plain http only where that is allowed, and says so in the file', () => {
    const insecure = { id: 'qa', url: 'http://q.example' };
    assert.match(refusal(addEnvironment(chain, insecure)), /^Plain http to q\.example .* Use https, or /);
    const text = textOf(addEnvironment(chain, { ...insecure, allowInsecure: true, promotesTo: 'prod' }));
    const added = '  qa:\n    url: http://q.example\n    allowInsecure: true\n    promotesTo: prod\n';
    assert.equal(text, chain.replace('    url: https://p\n', `    url: https://p\n${added}`));
    assert.deepEqual(parseRegistry(text, '').faults, []);
    assert.match(textOf(addEnvironment(chain, { id: 'qa', url: 'http://localhost:1' })), /localhost:1\n\n# end/);
  });

  it('adds the first one', () => {
    const text = textOf(addEnvironment('version: 1\nenvironments:\n', { id: 'dev', url: 'https://d' }));
    assert.equal(text, 'version: 1\nenvironments:\n  dev:\n    url: https://d\n');
  });

  it('renames one everywhere', () => {
    const text = textOf(renameEnvironment(chain, 'test', 'qa'));
    assert.equal(text, chain.replace('promotesTo: test #', 'promotesTo: qa #').replace('  test: {', '  qa: {'));
    assert.match(refusal(renameEnvironment(chain, 'test', 'prod')), /already/);
    assert.match(refusal(renameEnvironment(chain, 'gone', 'x')), /no environment `gone`/);
  });

  it('keeps the quotes of keys and targets', () => {
    const quoted =
      "environments:\n  \"dev\": { url: https://d, promotesTo: 'test' }\n  'test': { url: https://t }\n  qa:\n    url: https://q\n";
    assert.equal(textOf(renameEnvironment(quoted, 'test', 'prod')), quoted.replaceAll("'test'", "'prod'"));
    assert.equal(
      textOf(setPromotionTarget(quoted, 'dev', 'qa')),
      quoted.replace("promotesTo: 'test'", "promotesTo: 'qa'"),
    );
    assert.equal(textOf(renameEnvironment(quoted, 'dev', 'local')), quoted.replace('"dev"', '"local"'));
    const chained = quoted.replace('{ url: https://t }', '{ url: https://t, promotesTo: qa }');
    assert.ok(textOf(removeEnvironment(chained, 'test')).includes("promotesTo: 'qa' }"));
  });

  it('puts quotes around a new id only where it needs them', () => {
    for (const [id, written] of [
      ['qa', 'qa'],
      ['new qa', 'new qa'],
      ['Prüfung', 'Prüfung'],
      ['on', '"on"'],
      ['2', '"2"'],
      ['a: b', '"a: b"'],
      ['a #b', '"a #b"'],
    ] as const) {
      const text = textOf(renameEnvironment(chain, 'test', id));
      assert.ok(text.includes(`promotesTo: ${written} # next`) && text.includes(`  ${written}: { url`), text);
    }
  });

  it('removes one and closes the chain', () => {
    const text = textOf(removeEnvironment(chain, 'test'));
    assert.equal(
      text,
      chain
        .replace('promotesTo: test #', 'promotesTo: prod #')
        .replace('  # between\n  test: { url: "https://t", promotesTo: prod }\n', ''),
    );
    const last = textOf(removeEnvironment(chain, 'prod'));
    assert.ok(last.includes('  test: { url: "https://t" }\n'), last);
    assert.ok(last.includes('# end\nparameters: {}'), last);
  });

  it('leaves one blank line where it removes what stood between two', () => {
    const entry = (id: string): string => `  ${id}:\n    url: https://${id}\n`;
    const text = `version: 1\nenvironments:\n${entry('a')}\n${entry('b')}\n${entry('c')}`;
    for (const written of [text, text.replaceAll('\n', '\r\n')]) {
      const lineBreak = written === text ? '\n' : '\r\n';
      const without = (id: string): string => textOf(removeEnvironment(written, id)).replaceAll(lineBreak, '\n');
      assert.equal(without('b'), text.replace(`${entry('b')}\n`, ''));
      assert.equal(without('c'), text.replace(`\n${entry('c')}`, ''));
      assert.equal(
        textOf(removeEnvironment(textOf(addEnvironment(written, { id: 'd', url: 'https://d' })), 'd')),
        written,
      );
    }
  });

  it('moves the default', () => {
    const text = textOf(setDefaultEnvironment(chain, 'prod'));
    assert.equal(
      text,
      chain.replace('    default: true\n', '').replace('    url: https://p', '    default: true\n    url: https://p'),
    );
  });

  it('makes one of several defaults the only one, and one that says it is not', () => {
    const two = chain.replace('    url: https://p', '    default: true\n    url: https://p');
    assert.equal(textOf(setDefaultEnvironment(two, 'prod')), two.replace('    default: true\n', ''));
    const denied = chain.replace('    url: https://p', '    default: false\n    url: https://p');
    assert.equal(
      textOf(setDefaultEnvironment(denied, 'prod')),
      denied.replace('    default: true\n', '').replace('default: false', 'default: true'),
    );
  });

  it('leave a text that keeps its blank lines as it is', () => {
    const keeping =
      'version: 1\nenvironments:\n  a:\n    url: https://a\n\n  b:\n    url: https://b\n    parameters:\n      k: |+\n        text\n\n';
    const added = textOf(addEnvironment(keeping, { id: 'c', url: 'https://c' }));
    assert.equal(added, `${keeping}  c:\n    url: https://c\n`);
    assert.equal(textOf(removeEnvironment(added, 'c')), keeping);
  });

  it('wires promotion, and refuses a cycle with its whole chain', () => {
    assert.equal(
      textOf(setPromotionTarget(chain, 'dev', 'prod')),
      chain.replace('promotesTo: test #', 'promotesTo: prod #'),
    );
    assert.equal(
      textOf(setPromotionTarget(chain, 'dev', undefined)),
      chain.replace('    promotesTo: test # next\n', ''),
    );
    assert.match(refusal(setPromotionTarget(chain, 'prod', 'dev')), /dev → test → prod → dev/);
    assert.match(refusal(setPromotionTarget(chain, 'dev', 'dev')), /dev → dev/);
    assert.match(refusal(setPromotionTarget(chain, 'dev', 'x')), /no environment `x`/);
  });

  it('leave comments with the environment that they are about', () => {
    const ofProd =
      '  prod:\n    url: https://p\n    # allowInsecure: true      # plain http needs this\n\n    # nor this\n';
    const ofTest = '  # where testers are\n  # at work\n  test:\n    url: https://t\n    # slow on Mondays\n';
    const text = `version: 1\nenvironments:\n${ofTest}${ofProd}# end\n`;
    const added = textOf(addEnvironment(text, { id: 'qa', url: 'https://q' }));
    assert.equal(added, text.replace('# end', '  qa:\n    url: https://q\n# end'));
    assert.equal(textOf(removeEnvironment(added, 'qa')), text);
    assert.equal(textOf(removeEnvironment(text, 'prod')), text.replace(ofProd, ''));
    assert.equal(textOf(removeEnvironment(text, 'test')), text.replace(ofTest, ''));
    const flow = 'environments:\n  a: { url: https://a }\n    # of a\n  # of b\n  b: { url: https://b }';
    assert.equal(textOf(removeEnvironment(flow, 'a')), 'environments:\n  # of b\n  b: { url: https://b }');
    assert.equal(textOf(removeEnvironment(flow, 'b')), 'environments:\n  a: { url: https://a }\n    # of a');
  });

  it('adds the first one to a file that has no place for it yet', () => {
    const added = '  dev:\n    url: https://d\n';
    for (const [before, after] of [
      ['', `version: 1\nenvironments:\n${added}`],
      ['# ours\n', `# ours\nversion: 1\nenvironments:\n${added}`],
      ['version: 1', `version: 1\nenvironments:\n${added.trimEnd()}`],
      ['version: 1\r\n', `version: 1\nenvironments:\n${added}`.replaceAll('\n', '\r\n')],
      ['version: 1\nparameters: { a: b }\n', `version: 1\nparameters: { a: b }\nenvironments:\n${added}`],
    ] as const) {
      assert.equal(textOf(addEnvironment(before, { id: 'dev', url: 'https://d' })), after);
    }
    for (const braces of ['{ version: 1 }', 'version: 1\nenvironments: none\n', 'version: 1\n...\n']) {
      assert.match(refusal(addEnvironment(braces, { id: 'dev', url: 'https://d' })), /by hand/, braces);
    }
  });

  it('removes one that promotes to itself and nothing behind it', () => {
    const text =
      'environments:\n  a:\n    url: https://a\n    promotesTo: a\n  b:\n    url: https://b\n    promotesTo: a\nparameters: { k: v }\n';
    assert.equal(
      textOf(removeEnvironment(text, 'a')),
      'environments:\n  b:\n    url: https://b\nparameters: { k: v }\n',
    );
  });

  it('leave the last line as it is where it has no line end', () => {
    const open =
      'environments:\n  dev:\n    url: http://localhost:1\n    promotesTo: test\n  test:\n    url: https://test';
    const added = addEnvironment(open, { id: 'prod', url: 'https://prod' });
    assert.equal(textOf(added), `${open}\n  prod:\n    url: https://prod`);
    const removed = 'environments:\n  dev:\n    url: http://localhost:1';
    assert.equal(textOf(removeEnvironment(open, 'test')), removed);
    assert.equal(textOf(addEnvironment('', { id: 'dev', url: 'http://localhost:1' })).at(-1), '\n');
  });

  it('leave comments behind a value that is empty', () => {
    const kept = 'environments:\n  dev:\n    url: http://localhost:1\n';
    assert.equal(textOf(removeEnvironment(`${kept}  test:\n    default: # no\n# end\n`, 'test')), `${kept}# end\n`);
  });

  it('take an empty target for none', () => {
    for (const empty of ['', ' ~', ' null']) {
      const text = `environments:\n  dev:\n    promotesTo: test\n    url: https://d\n  test:\n    promotesTo:${empty}\n`;
      assert.equal(textOf(removeEnvironment(text, 'test')), 'environments:\n  dev:\n    url: https://d\n');
    }
  });

  it('keeps line ends of every kind', () => {
    for (const lineEnd of ['\r', '\r\n', '\n']) {
      const written = (text: string): string => text.replaceAll('\n', lineEnd);
      const edited = textOf(setDefaultEnvironment(written(chain), 'prod'));
      assert.equal(edited, written(textOf(setDefaultEnvironment(chain, 'prod'))));
      assert.equal(
        textOf(addEnvironment(written(chain), { id: 'qa', url: 'https://q' })).includes('\n'),
        lineEnd !== '\r',
      );
    }
  });

  it('keep a text that keeps blank lines when one behind it is removed', () => {
    const text = 'environments:\n  a:\n    url: https://a\n    parameters:\n      k: |+\n        text\n\n';
    const removed = textOf(removeEnvironment(`${text}  b:\n    url: https://b\n\n\nparameters: {}\n`, 'b'));
    assert.equal(removed, `${text}parameters: {}\n`);
  });

  it('refuse what would change, or leave hanging, what they are not about', () => {
    const shared = 'environments:\n  a: { url: &u https://a }\n  b: { url: *u }\n  c: { url: https://c }\n';
    const explicit = 'environments:\n  ? test\n  : url: https://t\n    name: x\n';
    const refusals = [
      setEnvironmentUrl(shared, 'a', 'https://new'),
      removeEnvironment(shared, 'a'),
      setDefaultEnvironment(explicit, 'test'),
      removeEnvironment(
        'environments:\n  a: { url: https://a }\n  b: { url: https://b }\n  a: { url: https://c }\n',
        'a',
      ),
      setDefaultEnvironment('environments:\n  a: &a { url: https://a, parameters: { k: *a } }\n', 'a'),
    ];
    // Taken away twice, the shared field would take the comment behind it along, which is as long.
    const twice =
      'environments:\n  a: &a\n    default: true\n    # 456789 12345\n    url: https://a\n  b: *a\n  c: { url: https://c }\n';
    refusals.push(setDefaultEnvironment(twice, 'c'));
    refusals.push(
      setDefaultEnvironment('environments:\n  a: { url: https://a }\n  ? { b: c }\n  : { url: https://b }\n', 'a'),
    );
    for (const edit of refusals) assert.match(refusal(edit), /by hand\.$/);
    assert.equal(textOf(removeEnvironment(shared, 'b')), shared.replace('  b: { url: *u }\n', ''));
    assert.equal(textOf(setEnvironmentUrl(shared, 'b', 'https://b')), shared.replace('*u', 'https://b'));
  });
});
