import assert from 'node:assert/strict';
import { redactText } from '../../../src/runtime/redactText';

describe('a text that somebody else wrote', () => {
  const secret = 'p"ä ss&w/ord';
  const forms = {
    'as it is': secret,
    'in JSON': JSON.stringify(secret),
    'in an address': encodeURIComponent(secret),
    'in a page': secret.replace('&', '&amp;').replace('"', '&quot;'),
    'in base64': Buffer.from(secret).toString('base64'),
    'in base64 for addresses': Buffer.from(secret).toString('base64url'),
  };
  for (const [form, text] of Object.entries(forms)) {
    it(`shows no secret ${form}`, () => {
      assert.equal(redactText(`before<${text}>after`, [secret]).replace(/[="]/g, ''), 'before<••••••>after');
    });
  }

  const lines = 'first line\n  it\'s "second"\nx';
  const rendered = {
    'in double quotes': JSON.stringify(lines),
    'in single quotes': `'${lines.replaceAll("'", "''")}'`,
    'in a block': `|\n      ${lines.replaceAll('\n', '\n      ')}`,
  };
  for (const [style, yaml] of Object.entries(rendered)) {
    it(`shows no secret that stands ${style} in a YAML, as it is, in JSON or in an address`, () => {
      for (const text of [yaml, JSON.stringify({ yaml }), encodeURIComponent(yaml)]) {
        assert.doesNotMatch(redactText(text, [lines]), /first|second|it's|it''s/, text);
      }
    });
  }

  it('shows no secret with half a character, and does not fail at it', () => {
    assert.equal(redactText('a half\ud800-secret b', ['half\ud800-secret']), 'a •••••• b');
  });

  it('shows none of several, the longer ones first', () => {
    assert.equal(redactText('token-long token-1', ['token-1', 'token-long']), '•••••• ••••••');
  });

  it('shows no half of one at the cut', () => {
    assert.ok(!redactText(`${'x'.repeat(295)}${'s3cret-'.repeat(3)}`, ['s3cret-'.repeat(3)]).includes('s3'));
  });

  it('stays readable where a secret is very short, and hides it where it stands by itself', () => {
    assert.equal(
      redactText('a bad token "a" at a/b: Bearer a, data', ['a']),
      '•••••• bad token "••••••" at ••••••/b: Bearer ••••••, data',
    );
    assert.equal(redactText('1 and 12 and 1.2', ['12']), '1 and •••••• and 1.2');
  });

  it('hides short ones whatever characters they have', () => {
    for (let code = 0x21; code < 0x7f; code++) {
      const short = `a${String.fromCharCode(code)}1`;
      assert.equal(redactText(`x ${short} y`, [short]), 'x •••••• y', short);
    }
  });

  it('is one line of 300 characters at most', () => {
    const cut = redactText(` a\r\n\tb ${'x'.repeat(400)}`, []);
    assert.equal(cut.length, 300);
    assert.ok(cut.startsWith('a b x') && cut.endsWith('x…'), cut);
    assert.equal(redactText(' a\r\n\tb ', ['', ' ']), 'a b');
  });
});
