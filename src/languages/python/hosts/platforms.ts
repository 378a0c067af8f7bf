import { oldModules } from '../stdlib.ts';
import { hostsOf } from './host.ts';

/** Platforms and other Pythons that run programs. */
export const platforms = hostsOf('2026-11-29', [
  {
    host: 'MicroPython',
    modules: [
      ...['machine', 'micropython', 'network', 'bluetooth', 'uctypes', 'neopixel', 'framebuf', 'btree'],
      ...['cryptolib', 'deflate', 'vfs', 'espnow', 'esp', 'esp32', 'pyb', 'rp2', 'zephyr', 'stm', 'uarray'],
      ...['uasyncio', 'ubinascii', 'ubluetooth', 'ucollections', 'ucryptolib', 'uerrno', 'uhashlib'],
      ...['uheapq', 'uio', 'ujson', 'uos', 'uplatform', 'urandom', 'ure', 'uselect', 'usocket', 'ussl'],
      ...['ustruct', 'usys', 'utime', 'uwebsocket', 'uzlib'],
      // https://docs.micropython.org/en/latest/reference/packages.html, and its ancestor upip.
      ...['mip', 'upip', 'webrepl'],
      // https://micropython-ulab.readthedocs.io
      'ulab',
      // https://github.com/micropython/micropython-lib/tree/master/micropython, as bundle-networking and others have it.
      ...['ntptime', 'urequests', 'umqtt', 'aioble', 'sdcard', 'upysh', 'aiorepl', 'aioespnow'],
    ],
    files: /(?:^|\/)(?:manifest(?:_\w+)?\.py|package\.json)$/,
    holds:
      /^[ \t]*(?:require|package|module|freeze|include|add_library)\(|"urls"\s*:\s*\[\s*\[\s*"[^"\n]+\.m?py"/m,
    // A package of micropython-lib has a dash for each dot: usb-device-hid is usb.device.hid.
    brings: (text) =>
      [...text.matchAll(/^[ \t]*require\(\s*["']([A-Za-z_][\w.-]*)["']/gm)].flatMap(
        ([, name]) => name?.replaceAll('-', '.') ?? [],
      ),
    source: 'https://docs.micropython.org/en/latest/library/index.html',
  },
  {
    host: 'Cloudflare Workers',
    modules: ['workers', 'js', 'pyodide', 'pyodide_js', '_pyodide'],
    files: /(?:^|\/)wrangler\.(?:toml|jsonc?)$/,
    holds: /\bpython_workers\b/,
    source: 'https://developers.cloudflare.com/workers/languages/python/',
  },
  {
    host: 'PyScript',
    modules: ['pyscript', 'js', 'pyodide', 'pyodide_js', 'polyscript'],
    files: /(?:^|\/)pyscript\.(?:toml|json)$/,
    source: 'https://docs.pyscript.net/latest/user-guide/configuration/',
  },
  {
    host: 'Pants',
    modules: ['pants'],
    files: /(?:^|\/)pants\.toml$/,
    holds: /^\[GLOBAL\]/m,
    source: 'https://www.pantsbuild.org/stable/docs/writing-plugins/overview',
  },
  {
    host: 'Google App Engine',
    modules: ['google.appengine'],
    files: /(?:^|\/)app\.ya?ml$/,
    holds: /^runtime:\s*python\d/m,
    source: 'https://cloud.google.com/appengine/docs/standard/python3/services/access',
  },
  {
    host: 'Google App Engine',
    modules: ['google.appengine', 'dev_appserver', 'webapp2', 'webapp2_extras', ...oldModules],
    files: /(?:^|\/)app\.ya?ml$/,
    holds: /^runtime:\s*python27/m,
    source: 'https://cloud.google.com/appengine/docs/legacy/standard/python/tools/built-in-libraries-27',
  },
  {
    host: 'AWS Glue',
    modules: ['awsglue'],
    files: /(?:^|\/)(?:template\.ya?ml|[\w.-]*glue[\w.-]*\.(?:ya?ml|json|tf|py))$/i,
    holds: /AWS::Glue::Job|\baws_glue_job\b|\bglue\.(?:Cfn)?Job\b|\bawsglue\b/,
    source: 'https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-python.html',
  },
  {
    host: 'Google Colab',
    modules: ['google.colab'],
    files: /\.ipynb$/,
    holds: /"(?:colab|colab_type)"\s*:/,
    runs: /\.ipynb$/,
    source: 'https://github.com/googlecolab/colabtools',
  },
  {
    host: 'Kaggle',
    modules: ['kaggle_secrets', 'kaggle_datasets', 'kaggle_web_client', 'kaggle_session'],
    files: /\.ipynb$/,
    holds: /"kaggle"\s*:/,
    runs: /\.ipynb$/,
    source: 'https://www.kaggle.com/docs/notebooks',
  },
]);
