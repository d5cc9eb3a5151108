import Mocha from 'mocha';

/**
 * Imported before any suite: everything is one bundle, so `describe` and its kin must exist when the suites' modules run.
 */
export const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false });
mocha.suite.emit('pre-require', globalThis, '', mocha);
