import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import * as edits from '../../../../src/core/registry/editRegistry';

type Fields = Record<string, unknown>;
type Model = readonly (readonly [id: string, fields: Fields])[];

interface Written {
  readonly id: string;
  readonly promotesTo: string | undefined;
  readonly isDefault: boolean;
  readonly style: 'block' | 'flow' | 'explicit' | 'quoted';
  readonly url: 'own' | 'anchor' | 'alias';
  readonly text: 'none' | 'empty' | '|' | '|+' | '>+';
  readonly blanks: number;
  readonly above: number;
  readonly below: number;
}

const ids = ['dev', 'test', 'prod', 'qa'];

const written: fc.Arbitrary<Omit<Written, 'id'>> = fc.record({
  promotesTo: fc.option(fc.constantFrom('', ...ids), { nil: undefined }),
  isDefault: fc.boolean(),
  style: fc.constantFrom('block', 'block', 'block', 'flow', 'explicit', 'quoted'),
  url: fc.constantFrom('own', 'own', 'own', 'anchor', 'alias'),
  text: fc.constantFrom('none', 'empty', '|', '|+', '>+'),
  blanks: fc.nat(2),
  above: fc.nat(2),
  below: fc.nat(2),
});

const registry = fc.record({
  environments: fc
    .array(written, { minLength: 1, maxLength: ids.length })
    .map((all) => all.map((each, index): Written => ({ ...each, id: ids[index] ?? '' }))),
  tail: fc.constantFrom('', '# end\n', '\nparameters: { k: v }\n', '# set off\nparameters:\n  k: v'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  hasOpenEnd: fc.boolean(),
});

/** Each line, but for keys and blank ones, names the environment that it is about. */
function linesOf(each: Written, isAnchored: boolean): string {
  const { id, style } = each;
  const url = each.url === 'anchor' ? `&u https://${id}` : each.url === 'alias' && isAnchored ? '*u' : `https://${id}`;
  const key = style === 'quoted' ? `'${id}'` : id;
  const fields = [
    `url: ${url}`,
    ...(each.promotesTo === undefined ? [] : [`promotesTo:${each.promotesTo === '' ? '' : ` ${each.promotesTo}`}`]),
    ...(each.isDefault ? ['default: true'] : []),
    `name: of ${id}`,
  ];
  const above = `  # above, of ${id}\n`.repeat(each.above);
  const below = `    # below, of ${id}\n`.repeat(each.below);
  const blanks = '\n'.repeat(each.blanks);
  if (style === 'flow') return `${above}  ${key}: { ${fields.join(', ')} } # of ${id}\n${below}${blanks}`;
  const hasNoText = each.text === 'none' || each.text === 'empty';
  const text = hasNoText ? [] : [`parameters: # of ${id}`, `  k: ${each.text} # of ${id}`, `    text of ${id}`];
  if (each.text === 'empty') text.push(`parameters: # of ${id}`);
  const lines = [...fields, ...text].map((line) => `    ${line}\n`).join('');
  const head = style === 'explicit' ? `  ? ${key}\n  : ${lines.trimStart()}` : `  ${key}:\n${lines}`;
  return `${above}${head}${hasNoText ? below : ''}${blanks}`;
}

function textOf(environments: readonly Written[], tail: string): string {
  const anchor = environments.findIndex(({ url }) => url === 'anchor');
  const one = environments.map(
    (each, index) =>
      ({
        ...each,
        url: each.url === 'anchor' && index !== anchor ? 'own' : each.url,
      }) satisfies Written,
  );
  const lines = one.map((each, index) => linesOf(each, anchor !== -1 && index > anchor)).join('');
  return `# shared\nversion: 1\nenvironments:\n${lines}${tail}`;
}

type Edit =
  | { readonly kind: 'url' | 'default' | 'remove'; readonly id: string }
  | { readonly kind: 'target'; readonly id: string; readonly target: string | undefined }
  | { readonly kind: 'rename' | 'add'; readonly id: string };

const id = fc.constantFrom(...ids);
const anEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constantFrom('url' as const, 'default' as const, 'remove' as const), id }),
  fc.record({ kind: fc.constant('target' as const), id, target: fc.option(id, { nil: undefined }) }),
  fc.record({ kind: fc.constantFrom('rename' as const, 'add' as const), id }),
);

function run(text: string, edit: Edit): edits.RegistryEdit {
  switch (edit.kind) {
    case 'url':
      return edits.setEnvironmentUrl(text, edit.id, 'https://new');
    case 'default':
      return edits.setDefaultEnvironment(text, edit.id);
    case 'remove':
      return edits.removeEnvironment(text, edit.id);
    case 'target':
      return edits.setPromotionTarget(text, edit.id, edit.target);
    case 'rename':
      return edits.renameEnvironment(text, edit.id, 'new');
    case 'add':
      return edits.addEnvironment(text, { id: 'new', url: 'https://new', promotesTo: edit.id });
  }
}

/** What the edit is to come to. */
function expected(model: Model, edit: Edit): Model {
  const change = (each: string, fields: Fields): Fields => (each === edit.id ? fields : {});
  switch (edit.kind) {
    case 'url':
      return model.map(([each, fields]) => [each, { ...fields, ...change(each, { url: 'https://new' }) }]);
    case 'default':
      return model.map(([each, fields]) => [
        each,
        { ...without(fields, 'default'), ...change(each, { default: true }) },
      ]);
    case 'target':
      return model.map(([each, fields]) => [each, each === edit.id ? wired(fields, edit.target) : fields]);
    case 'rename':
      return model.map(([each, fields]) => [
        each === edit.id ? 'new' : each,
        fields.promotesTo === edit.id ? wired(fields, 'new') : fields,
      ]);
    case 'add':
      return [...model, ['new', { url: 'https://new', promotesTo: edit.id }]];
    case 'remove': {
      const next = (model.find(([each]) => each === edit.id)?.[1].promotesTo ?? undefined) as string | undefined;
      return model
        .filter(([each]) => each !== edit.id)
        .map(([each, fields]) => [
          each,
          fields.promotesTo === edit.id ? wired(fields, next === each || next === edit.id ? undefined : next) : fields,
        ]);
    }
  }
}

function wired(fields: Fields, target: string | undefined): Fields {
  const others = without(fields, 'promotesTo');
  return target === undefined ? others : { ...others, promotesTo: target };
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name));
}

/** Read by the library alone: the rest, and the environments in order. */
function read(text: string): { readonly model: Model; readonly rest: unknown } {
  const { environments, ...rest } = parse(text.replaceAll(/\r\n?/g, '\n')) as {
    environments: Record<string, Fields> | null;
  };
  return { model: Object.entries(environments ?? {}), rest };
}

const isConcerned = /url:|promotesTo:|default:|^\s*$|^ {2}(?:\? )?'?[a-z]+'?:?$/;

/** All of these lines, in this order, among those. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let found = 0;
  for (const line of all) if (line === some[found]) found++;
  return found === some.length;
}

/** Whether the last line has no line end. */
function isOpen(text: string): boolean {
  return /[^\r\n]$/.test(text);
}

/** As where blank lines stand before what is removed. */
function isInBlankLine(text: string): boolean {
  return /(?:\r\n|\r|\n){2}$/.test(text);
}

describe('an edit of any registry', () => {
  it('is refused, or comes to what a model of it does and leaves each other line as it was', () => {
    let edited = 0;
    let asked = 0;
    fc.assert(
      fc.property(registry, anEdit, ({ environments, tail, lineEnd, hasOpenEnd }, edit) => {
        const lines = textOf(environments, tail);
        const text = (hasOpenEnd ? lines.trimEnd() : lines).replaceAll('\n', lineEnd);
        const before = read(text);
        fc.pre(before.model.some(([each]) => each === edit.id));
        const result = run(text, edit);
        asked++;
        if (result.kind === 'refused') {
          const isPlain = environments.every(({ style, url }) => style !== 'explicit' && url === 'own');
          assert.ok(!isPlain || /in a circle|no environment/.test(result.message), `${result.message}\n${text}`);
          return;
        }
        edited++;
        const after = read(result.text);
        assert.deepEqual(after.model, expected(before.model, edit));
        assert.deepEqual(
          after.model.map(([each]) => each),
          expected(before.model, edit).map(([each]) => each),
        );
        assert.deepEqual(after.rest, before.rest);
        assert.ok(isOpen(result.text) === isOpen(text) || isInBlankLine(result.text), result.text);
        const removed = edit.kind === 'remove' ? `of ${edit.id}` : undefined;
        const kept = text.split(lineEnd).filter((line) => !isConcerned.test(line));
        const others = kept.filter((line) => removed === undefined || !line.includes(removed));
        const now = result.text.split(lineEnd);
        assert.ok(isWithin(others, now), result.text);
        assert.ok(removed === undefined || !now.some((line) => line.includes(removed)), result.text);
        if (edit.kind === 'add') {
          const last = `of ${environments.at(-1)?.id ?? ''}`;
          assert.ok(now.indexOf('  new:') > now.findLastIndex((line) => line.includes(last)), result.text);
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(edited > asked / 2, `${edited} of ${asked} were not refused`);
  });
});
