import type { PromotionTargetView } from '../../src/shared/matrixView';
import { element, hiddenText } from './element';
import { texts } from './texts';

/** Where flows are promoted to from an environment, for the eye and for the ear. */
export function promotionHint({ label, isCircle }: PromotionTargetView, tag: 'div' | 'span'): HTMLElement {
  const words = isCircle ? texts.circleTo(label) : texts.promotesTo(label);
  const arrow = element('span', { 'aria-hidden': 'true' }, `→ ${label}${isCircle ? texts.circle : ''}`);
  return element(tag, { class: 'promotes-to ellipsis', title: words }, arrow, hiddenText(words));
}
