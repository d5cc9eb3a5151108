import * as z from 'zod';

const healthSchema = z.object({ routes: z.array(z.object({ id: z.string() })) });

/** Ids of the routes that a runtime says it runs: its health needs no token. */
export async function runningRoutes(port: number): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/_api/health`);
  return healthSchema.parse(await answer.json()).routes.map(({ id }) => id);
}
