import { fuzz } from './fuzz.ts';

describe('The API (lambda)', () => fuzz('lambda'));
