export interface FaultyRegistry {
  readonly text: string;
  /** Numbers of the lines that hold a fault, the first is 1. */
  readonly faultyLines: readonly number[];
}

const mark = '# wrong';

/** A `pipebase.yaml` with two environments that are fine and ten faults, one a line. */
export function faultyRegistry(devUrl: string, testUrl: string): FaultyRegistry {
  const text = `version: 1
colour: blue ${mark}
flows:
  include:
    - flows/**/*.camel.yaml
  exlude: [] ${mark}
parameters:
  topics: [one, two] ${mark}
environments:
  dev:
    url: ${devUrl}
    promotesTo: test
    default: true
  test:
    url: ${testUrl}
  ftp:
    url: ftp://runtime.example.com ${mark}
  shared:
    url: https://user:password@runtime.example.com ${mark}
  nowhere:
    url: https://nowhere.example.com
    promotesTo: production ${mark}
  itself:
    url: https://itself.example.com
    promotesTo: itself ${mark}
  slow:
    url: https://slow.example.com
    timeoutMs: soon ${mark}
  second:
    url: https://second.example.com
    default: true ${mark}
  plain:
    url: http://plain.example.com ${mark}
  dev: ${mark}
    url: https://dev.example.com
`;
  const lines = text.split('\n');
  return { text, faultyLines: lines.flatMap((line, index) => (line.endsWith(mark) ? [index + 1] : [])) };
}
