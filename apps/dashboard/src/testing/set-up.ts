import { installBrowserStubs } from './browser-stubs.ts';

installBrowserStubs();
