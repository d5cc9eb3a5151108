import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { catchRuntimeError } from '../support/catchRuntimeError';
import { answer, redirectTo, startMisbehavingRuntime, type Misbehaviour } from '../support/misbehavingRuntime';
import { echoForms } from './echoes';
import { Cleanup, openClient, testToken } from '../support/openClient';

describe('a deploy token', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const open = async (...misbehaviours: Misbehaviour[]) => cleanup.add(await startMisbehavingRuntime(...misbehaviours));

  it('goes with every call but health', async () => {
    const runtime = await open(answer(200, []), answer(200), answer(204), answer(200, {}));
    const client = cleanup.add(openClient(runtime.url));
    await client.listFlows();
    await client.putFlow('orders', { yaml: '' });
    await client.deleteFlow('orders');
    await client.health();
    const bearer = `Bearer ${testToken}`;
    const sent = runtime.calls.map(({ method, path, headers }) => [method, path, headers.authorization]);
    assert.deepEqual(sent, [
      ['GET', '/_api/flows', bearer],
      ['PUT', '/_api/flows/orders', bearer],
      ['DELETE', '/_api/flows/orders', bearer],
      ['GET', '/_api/health', undefined],
    ]);
  });

  it('is asked for before each call', async () => {
    const runtime = await open(answer(200, []));
    const tokens = ['first', 'second'];
    const client = cleanup.add(openClient(runtime.url, { token: () => Promise.resolve(tokens.shift()) }));
    await client.listFlows();
    await client.listFlows();
    const error = await catchRuntimeError(client.listFlows());
    assert.equal(error.kind, 'no-token');
    assert.deepEqual(
      runtime.calls.map(({ headers }) => headers.authorization),
      ['Bearer first', 'Bearer second'],
    );
  });

  it('is not needed for health', async () => {
    const runtime = await open(answer(200, { status: 'UP' }));
    const client = cleanup.add(openClient(runtime.url, { token: () => Promise.reject(new Error('locked')) }));
    assert.deepEqual(await client.health(), { status: 'UP', routes: [] });
  });

  for (const [name, token] of [
    ['that cannot be read', () => Promise.reject(new Error('the keyring holds s3cret and is locked'))],
    ['that is empty', () => Promise.resolve('')],
    ['with a line end in it', () => Promise.resolve('s3cret\nx-other: header')],
  ] as const) {
    it(`${name} sends nothing and is not shown`, async () => {
      const runtime = await open(answer(200, []));
      const error = await catchRuntimeError(cleanup.add(openClient(runtime.url, { token })).listFlows());
      assert.equal(error.kind, 'no-token');
      assert.doesNotMatch(inspect(error, { depth: 9 }), /s3cret/);
      assert.deepEqual(runtime.calls, []);
    });
  }

  it('does not follow a redirect to another origin', async () => {
    const elsewhere = await open(answer(200, []));
    const runtime = await open(redirectTo(`${elsewhere.url}/_api/flows`, 307));
    const client = cleanup.add(openClient(runtime.url));
    for (const call of [
      client.listFlows(),
      client.putFlow('a', { yaml: '' }),
      client.deleteFlow('a'),
      client.health(),
    ]) {
      const error = await catchRuntimeError(call);
      assert.equal(error.kind, 'redirect');
      assert.equal(error.detail, `${runtime.url} redirects to ${elsewhere.url}`);
      assert.equal(error.isOutcomeUnknown, false);
    }
    assert.deepEqual(elsewhere.calls, []);
  });

  it('follows a redirect within its origin, for reads only', async () => {
    const runtime = await open(redirectTo('/new/_api/flows'), answer(200, []), redirectTo('/new;s=1/flows?x=1', 308));
    const client = cleanup.add(openClient(`${runtime.url}/old/`));
    assert.deepEqual(await client.listFlows(), []);
    const error = await catchRuntimeError(client.putFlow('a', { yaml: '' }));
    assert.deepEqual([error.kind, error.status, error.isOutcomeUnknown], ['rejected', 308, false]);
    assert.equal(error.detail, `it points to ${runtime.url}/new/flows, and a change is not sent on to another address`);
    assert.deepEqual(
      runtime.calls.map(({ path, headers }) => [path, headers.authorization === `Bearer ${testToken}`]),
      [
        ['/old/_api/flows', true],
        ['/new/_api/flows', true],
        ['/old/_api/flows/a', true],
      ],
    );
  });

  it('goes round a circle of redirects only so often', async () => {
    const runtime = await open(redirectTo('/_api/flows'));
    const error = await catchRuntimeError(cleanup.add(openClient(runtime.url)).listFlows());
    assert.deepEqual([error.kind, error.detail], ['unexpected-answer', 'it redirects in a circle']);
    assert.equal(runtime.calls.length, 4);
  });

  it('may have reached a write that answers 303, whose outcome is not known then', async () => {
    const runtime = await open(redirectTo('https://elsewhere.example.com/done', 303));
    const error = await catchRuntimeError(cleanup.add(openClient(runtime.url)).deleteFlow('a'));
    assert.deepEqual([error.kind, error.isOutcomeUnknown], ['redirect', true]);
  });

  const echoes: Readonly<Record<string, Misbehaviour>> = {
    'as it is': (request, response) => void response.writeHead(400).end(`bad ${String(request.headers.authorization)}`),
    'as JSON': answer(400, { error: `bad token ${testToken}` }),
    ...Object.fromEntries(
      Object.entries(echoForms).map(([form, echo]) => [form, answer(400, `bad token: "${echo(testToken)}"`)]),
    ),
    'at the cut': answer(400, 'x'.repeat(290) + testToken),
    'in a page': answer(200, `<html>${testToken.replace('&', '&amp;').replace('"', '&quot;')}</html>`),
    'in a wrong shape': answer(200, { [testToken]: testToken, flows: testToken }),
    'without HTTP': (request) => void request.socket.end(`${String(request.headers.authorization)}\r\n`),
    'in a redirect': redirectTo(`https://example.com/${testToken}`),
    'as a header of a wrong encoding': answer(200, 'x', { 'content-encoding': testToken }),
  };
  for (const [form, misbehaviour] of Object.entries(echoes)) {
    it(`is in no error and no log when the runtime repeats it ${form}`, async () => {
      const runtime = await open(misbehaviour);
      const lines: string[] = [];
      const keep = (line: string) => void lines.push(line);
      const log = { info: keep, warn: keep, error: keep };
      const client = cleanup.add(openClient(runtime.url, { log }));
      const error = await catchRuntimeError(client.listFlows());
      // what is asked without it can repeat it all the same
      const openly = await client.health().catch((thrown: unknown) => thrown);
      const errors = [error, ...(openly instanceof Error ? [openly] : [])];
      const shown = [
        ...errors.map((each) => [inspect(each, { depth: 9, showHidden: true }), each.stack, JSON.stringify(each)]),
        ...lines,
      ].join();
      for (const part of ['s3cret', ...Object.values(echoForms).map((echo) => echo(testToken).slice(-12))]) {
        assert.ok(!shown.includes(part), shown);
      }
      assert.ok(!inspect(client, { depth: 9, showHidden: true }).includes('s3cret'));
    });
  }
});

describe('plain http', () => {
  for (const url of [
    'http://runtime.example.com',
    'http://10.0.0.1:8080',
    'http://localhost.example.com',
    'http://dev.localhost',
  ]) {
    it(`is refused for ${url} before anything is sent`, async () => {
      let isAsked = false;
      const token = () => {
        isAsked = true;
        return Promise.resolve('x');
      };
      const client = openClient(url, { token });
      for (const call of [client.listFlows(), client.health(), client.putFlow('a', { yaml: '' })]) {
        const error = await catchRuntimeError(call);
        assert.deepEqual([error.kind, error.isOutcomeUnknown], ['insecure', false]);
      }
      assert.equal(isAsked, false);
      await client.close();
    });
  }

  it('is allowed where the environment says so', async () => {
    // .invalid resolves nowhere: getting as far as the look-up is what is asked here
    const client = openClient('http://runtime.invalid', { allowInsecure: true });
    const error = await catchRuntimeError(client.listFlows());
    await client.close();
    assert.equal(error.kind, 'network');
  });

  it('needs a URL that is one', async () => {
    for (const url of ['', 'runtime.example.com', 'ftp://runtime.example.com', 'file:///etc/passwd']) {
      const error = await catchRuntimeError(openClient(url).listFlows());
      assert.equal(error.kind, 'network');
    }
  });

  it('sends no credentials that stand in the URL, nor shows them', async () => {
    const runtime = await startMisbehavingRuntime(answer(404));
    const client = openClient(runtime.url.replace('//', '//user:pa55@'));
    const error = await catchRuntimeError(client.health());
    await client.close();
    await runtime.close();
    assert.doesNotMatch(inspect(error), /pa55/);
    assert.equal(runtime.calls[0]?.headers.authorization, undefined);
  });
});
