import assert from 'node:assert/strict';
import { sep } from 'node:path';
import { parseFlowYaml } from '../../src/core/flows/parseFlow';
import { realFlows } from '../support/realFlows';
import type { CamelVerdict } from './askCamel';
import { type RealDifference, rawDifferences, remainingDifferences } from './realFlowDifferences';
import { assertSame, assertSays, camelVerdicts, localVerdict, type SentFlow } from './verdicts';
import { withoutMissingParts } from './withoutMissingParts';

interface RealFlow extends SentFlow {
  readonly name: string;
}

describe('flows from the Camel project, taken and refused by Camel itself', () => {
  let written: readonly (readonly [path: string, yaml: string])[];
  before(function () {
    written = realFlows(this);
    assert.ok(written.length > 0);
  });

  it('agree as they were written, but for what the test runtime does not have', async () => {
    await assertAgree(written.map(sent), rawDifferences);
  });

  it('agree with something in the place of each part that the test runtime does not have', async () => {
    await assertAgree(
      written.map(([path, yaml]) => sent([path, withoutMissingParts(yaml)])),
      remainingDifferences,
    );
  });
});

/** Every placeholder has a value, as it has when a flow is deployed: one that is a number, too. */
function sent([path, yaml]: readonly [path: string, yaml: string]): RealFlow {
  const keys = parseFlowYaml(yaml, path).placeholders.flatMap(({ kind, key }) => (kind === 'plain' ? [key] : []));
  const name = path
    .split(sep)
    .join('/')
    .replace(/^camel-jbang-examples\//, '')
    .replace(/\.camel\.yaml$/, '');
  return { name, yaml, params: Object.fromEntries(keys.map((key) => [key, '1000'])) };
}

/** The local runtime takes every flow, and so does Camel but for the differences, each for the reason that it has. */
async function assertAgree(
  flows: readonly RealFlow[],
  differences: Readonly<Record<string, RealDifference>>,
): Promise<void> {
  const verdicts = await camelVerdicts(flows);
  const complaints = flows.flatMap((flow, index) => complaintOf(flow, verdicts[index], differences[flow.name]?.camel));
  assert.deepEqual(complaints, []);
}

function complaintOf(flow: RealFlow, camel: CamelVerdict | undefined, meant: RegExp | undefined): readonly string[] {
  try {
    if (!meant) {
      assertSame(flow, camel);
    } else {
      assertSays('The local runtime', localVerdict(flow), undefined, flow);
      assertSays('Camel', camel, meant, flow);
    }
    return [];
  } catch (error) {
    return [`${flow.name}: ${String(error)}`];
  }
}
