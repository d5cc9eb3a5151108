import type { RegistryDraft } from './registryDraft';

/** An environment's fields as plain data; anything but a map stands for itself. */
export type EnvironmentFields = Readonly<Record<string, unknown>>;

/** All that a registry says, without how it is written: what an edit must leave as it was, but for what it is about. */
export interface RegistryData {
  /** In the order of the file, also where two have one id. */
  readonly environments: readonly (readonly [id: string, fields: EnvironmentFields])[];
  readonly rest: readonly (readonly [key: string, value: unknown])[];
}

export function registryData({ data, environments }: RegistryDraft): RegistryData {
  const others = data.entries(data.root).filter(({ key }) => key.source !== 'environments');
  return {
    environments: environments.map(({ key, value }) => [key.source, asFields(data.plain(value))]),
    rest: others.map(({ key, value }) => [key.source, data.plain(value)]),
  };
}

/** An empty environment is one without fields. */
function asFields(plain: unknown): EnvironmentFields {
  return isRecord(plain) ? plain : plain === null || plain === undefined ? {} : { '': plain };
}

/** The same data with other fields for each environment. */
export function withEachFields(
  data: RegistryData,
  change: (id: string, fields: EnvironmentFields) => EnvironmentFields,
): RegistryData {
  return { ...data, environments: data.environments.map(([id, fields]) => [id, change(id, fields)]) };
}

/** Fields with another value for one of them; undefined takes it away. */
export function withField(fields: EnvironmentFields, name: string, value: unknown): EnvironmentFields {
  const others = Object.entries(fields).filter(([other]) => other !== name);
  return Object.fromEntries(value === undefined ? others : [...others, [name, value]]);
}

/** Whether two pieces of plain data are equal; keys may stand in any order. */
export function isSameData(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSameData(item, other[index]));
  }
  if (!isRecord(one) || !isRecord(other)) return Object.is(one, other);
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSameData(one[key], other[key]))
  );
}

function isRecord(value: unknown): value is EnvironmentFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
