import assert from 'node:assert/strict';
import { type RegistryEdit, setEnvironmentUrl } from '../../../../src/core/registry/editRegistry';

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
      [setEnvironmentUrl('', 'dev', 'https://b'), /not valid YAML/],
    ];
    for (const [edit, sentence] of refusals) {
      assert.match(edit.kind === 'refused' ? edit.message : 'edited', sentence);
    }
  });
});
