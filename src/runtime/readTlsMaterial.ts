import { createPrivateKey, X509Certificate } from 'node:crypto';
import { RuntimeError } from '../core/ports';
import type { TlsFiles } from '../core/registry/types';
import type { TlsMaterial } from './runtimeClientOptions';

type Setting = keyof TlsFiles;

const certificates = /-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----.+?-----END \1-----/gs;

/**
 * Reads the files that an environment names under `tls`; undefined where it names none. Throws a `tls` error that names
 * the file and its setting: OpenSSL passes over a file of authorities that is none, and has words of its own for the rest.
 */
export async function readTlsMaterial(
  files: TlsFiles,
  read: (file: string) => Promise<string>,
): Promise<TlsMaterial | undefined> {
  const { caFile, certFile, keyFile } = files;
  if (certFile !== undefined && keyFile === undefined) throw alone('certFile', 'keyFile');
  if (keyFile !== undefined && certFile === undefined) throw alone('keyFile', 'certFile');
  const textOf = async (setting: Setting, file: string | undefined, check: (text: string) => string | undefined) => {
    if (file === undefined) return undefined;
    const text = await read(file).catch((error: unknown) => {
      throw problem(setting, file, 'cannot be read', error);
    });
    const found = check(text);
    if (found !== undefined) throw problem(setting, file, found);
    return text;
  };
  const [ca, cert, key] = await Promise.all([
    textOf('caFile', caFile, certificateProblem),
    textOf('certFile', certFile, certificateProblem),
    textOf('keyFile', keyFile, keyProblem),
  ]);
  if (ca === undefined && cert === undefined) return undefined;
  return {
    ...(ca === undefined ? {} : { ca: [ca] }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  };
}

function certificateProblem(text: string): string | undefined {
  const found = text.match(certificates);
  if (!found) return 'holds no certificate in PEM form';
  return found.every(isCertificate) ? undefined : 'holds a certificate that cannot be read';
}

function isCertificate(pem: string): boolean {
  return succeeds(() => new X509Certificate(pem));
}

function keyProblem(text: string): string | undefined {
  return succeeds(() => createPrivateKey(text))
    ? undefined
    : 'holds no private key in PEM form, or one with a passphrase';
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

function problem(setting: Setting, file: string, what: string, cause?: unknown): RuntimeError {
  return new RuntimeError('tls', { detail: `${file}, named as tls.${setting}, ${what}`, cause });
}

function alone(setting: Setting, missing: Setting): RuntimeError {
  return new RuntimeError('tls', { detail: `tls.${setting} is of no use without tls.${missing}, which is missing` });
}
