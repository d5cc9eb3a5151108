import { scalarText } from './scalarText';

export interface LocalEnvironment {
  readonly id: string;
  /** Base URL of the runtime. */
  readonly url: string;
  readonly promotesTo?: string;
}

const head = `# The environments that flows of this folder are deployed to, and how they are promoted from one to the next.
# Share this file with the team; it holds no secret. Deploy tokens and secret values stay in the editor.
version: 1

# Values for {{placeholders}}, the same in every environment unless one says otherwise:
# parameters:
#   orders-topic: orders
#   db-password: { secret: true } # set for each environment in the editor, which keeps it
#   region: { env: AWS_REGION } # read from a variable of the process environment

environments:
`;

/**
 * The commented \`pipebase.yaml\` for a folder that has none. The first environment is the default, and one called
 * \`prod\` asks before any change.
 */
export function localRegistryTemplate(environments: readonly LocalEnvironment[]): string {
  const first = environments.find(({ id }) => id === 'dev') ?? environments[0];
  return head + environments.map((each) => environmentLines(each, each === first)).join('');
}

function environmentLines({ id, url, promotesTo }: LocalEnvironment, isDefault: boolean): string {
  const lines = [`  ${scalarText(id)}:`, `    url: ${scalarText(url)}`];
  if (promotesTo !== undefined) lines.push(`    promotesTo: ${scalarText(promotesTo)}`);
  if (isDefault) lines.push('    default: true # the environment to begin with');
  if (id === 'prod') lines.push('    protected: true # ask before any change here');
  return `${lines.join('\n')}\n`;
}
