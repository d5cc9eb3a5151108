import { asksForKey, flattened, scanPlaceholders } from '../flows/placeholders';

/** The plain keys of the placeholders in a value, inner ones too, in the order they are met. */
export function keysIn(value: string): readonly string[] {
  const found = flattened(scanPlaceholders(value, true).outermost);
  return found.filter(asksForKey).map(({ key }) => key);
}
