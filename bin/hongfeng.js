#!/usr/bin/env node
import { runCli } from '../dist/bundle/main.js';

// Not process.exit(): output still being written to a pipe would be cut off.
process.exitCode = await runCli(process.argv.slice(2));
