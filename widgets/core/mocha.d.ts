/** The words of Web Test Runner that our tests use. */
declare function it(name: string, run: () => void | Promise<void>): void;
declare function afterEach(run: () => void): void;
