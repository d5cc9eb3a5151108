import { startTestRuntime } from '../support/startTestRuntime';
import { describeCanonicalShapes } from './canonicalShapes';
import { describeRuntimeContract } from './runtimeContract';

const open = () => startTestRuntime();

describeRuntimeContract('a local environment', open);
describeCanonicalShapes('a local environment', open);
