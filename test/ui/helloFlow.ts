/** A small flow that can be deployed anywhere. */
export function helloFlow(id: string, description = `Say hello from ${id}`): string {
  return `- route:
    id: ${id}
    description: ${description}
    from:
      uri: timer:tick
      steps:
        - log: Hello
`;
}
