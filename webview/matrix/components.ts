import { endStyleProbe } from './styleProbe';
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

/**
 * The one place that knows the toolkit, which is archived upstream: whoever replaces it registers another element
 * under the same name. Its badge writes inline styles, which the page's policy refuses, and its progress ring turns
 * for people who asked for no motion, so the page draws those two itself.
 */
export function registerComponents(): void {
  endStyleProbe();
  provideVSCodeDesignSystem().register(vsCodeButton());
}
