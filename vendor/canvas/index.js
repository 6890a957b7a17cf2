'use strict';

/**
 * The `canvas` package that chartjs-node-canvas asks for, over @napi-rs/canvas.
 *
 * The real one downloads or compiles cairo when it is installed; @napi-rs/canvas brings its binary through npm.
 * Its own compatibility layer lacks what is added here: buffers of SVG canvases, and PDF canvases.
 */
const compat = require('@napi-rs/canvas/node-canvas.js');

/** node-canvas calls back or returns, depending on its first argument. */
function answer(first, buffer) {
  if (typeof first !== 'function') return buffer;
  setImmediate(first, null, buffer);
  return undefined;
}

function createSvgCanvas(width, height) {
  const canvas = compat.createCanvas(width, height, 'svg');
  canvas.toBuffer = (first) => answer(first, canvas.getContent());
  return canvas;
}

/** One page; the document closes at the first toBuffer, so that call yields the only buffer there is. */
function createPdfCanvas(width, height) {
  const document = new compat.PDFDocument();
  const context = document.beginPage(width, height);
  let buffer;
  const canvas = {
    width,
    height,
    style: {},
    getContext: () => context,
    toBuffer(first) {
      if (buffer === undefined) {
        document.endPage();
        buffer = document.close();
      }
      return answer(first, buffer);
    },
  };
  // Chart.js takes a context only from the canvas it points back to.
  Object.defineProperty(context, 'canvas', { value: canvas });
  return canvas;
}

function createCanvas(width, height, type) {
  if (type === 'svg') return createSvgCanvas(width, height);
  if (type === 'pdf') return createPdfCanvas(width, height);
  return compat.createCanvas(width, height, type);
}

module.exports = { ...compat, createCanvas };
