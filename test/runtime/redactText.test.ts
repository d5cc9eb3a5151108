import assert from 'node:assert/strict';
import { redactText } from '../../src/runtime/redactText';
import { echoForms } from './echoes';

describe('a text that somebody else wrote', () => {
  const secrets = ['p"ä ss&w/o\'rd+1', 's3cret-T0ken', 'a=b\\c%41&amp;\\n', '\u{1F511}key<of>~all!'];
  for (const [form, echo] of Object.entries(echoForms)) {
    it(`shows no secret ${form}`, () => {
      for (const secret of secrets) {
        const text = echo(secret);
        const redacted = redactText(`before<${text}>after`, [secret]);
        // of base64 a character may be left that has bits of what is beside the secret
        assert.match(redacted, /^before<[\w+/=-]{0,12}••••••[\w+/=%-]{0,6}>after$/, text);
        assert.ok(!redacted.includes(text.slice(-8)), redacted);
      }
    });
  }

  it('shows no short secret as a header in base64', () => {
    const text = Buffer.from('Bearer dev-1').toString('base64');
    assert.equal(redactText(`token ${text}`, ['dev-1']), 'token ••••••');
  });

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

  it('shows no half of one where a text is too long to be looked at as a whole', () => {
    const token = 's3cret-'.repeat(3);
    for (let before = 4090; before < 4800; before += 7) {
      const text = `${token}-`.repeat(999).slice(0, before) + token.repeat(200);
      assert.doesNotMatch(redactText(text, [token]), /s3c|cret/);
    }
  });

  it('takes no longer for a long secret, or a long text, than they are long', () => {
    const long = Array.from({ length: 500 }, (_, line) => `line ${line} of a key store`).join('\n');
    const redacted = redactText(`bad: ${JSON.stringify(long)} ${'x'.repeat(5_000_000)}`, [long, 'b'.repeat(50_000)]);
    assert.equal(redacted, 'bad: "••••••…');
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
