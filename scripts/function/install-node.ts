/** Installs Lambda's version of Node.js, for the tests of the bundle: `make node24`. */
import { installFunctionNode } from './node.ts';

const { version, isLambdas } = installFunctionNode();
console.log(
  `The bundle is tested under Node ${version}${isLambdas ? '' : ', because Node 24 could not be installed here'}.`,
);
