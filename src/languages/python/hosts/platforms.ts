import { oldModules } from '../stdlib.ts';
import { hostsOf } from './host.ts';

const micropython = [
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
];

/** https://docs.circuitpython.org/en/latest/py-modindex.html, without what Python itself has. */
const circuitpython = [
  ...['_bleio', '_eve', '_pew', '_pixelmap', '_stage', 'adafruit_bus_device', 'adafruit_pixelbuf', 'aesio'],
  ...['alarm', 'analogbufio', 'analogio', 'audiobusio', 'audiocore', 'audiodelays', 'audiofilters'],
  ...['audiofreeverb', 'audioio', 'audiomixer', 'audiomp3', 'audiopwmio', 'audiospeed', 'aurora_epaper'],
  ...['bitbangio', 'bitmapfilter', 'bitmaptools', 'bitops', 'board', 'busdisplay', 'busio', 'camera'],
  ...['canio', 'countio', 'cyw43', 'digitalio', 'displayio', 'dotclockframebuffer', 'dualbank'],
  ...['epaperdisplay', 'espcamera', 'espidf', 'espnow', 'espulp', 'floppyio', 'fontio', 'fourwire'],
  ...['framebufferio', 'frequencyio', 'gifio', 'gnss', 'i2cdisplaybus', 'i2ctarget', 'imagecapture'],
  ...['is31fl3741', 'jpegio', 'keypad', 'keypad_demux', 'lvfontio', 'max3421e', 'mdns', 'memorymap'],
  ...['memorymonitor', 'microcontroller', 'mipidsi', 'msgpack', 'neopixel_write', 'nvm', 'onewireio'],
  ...['paralleldisplaybus', 'picodvi', 'ps2io', 'pulseio', 'pwmio', 'qrio', 'qspibus', 'rainbowio'],
  ...['rgbmatrix', 'rotaryio', 'rp2pio', 'rtc', 'sdcardio', 'sharpdisplay', 'socketpool', 'storage'],
  ...['supervisor', 'synthio', 'terminalio', 'touchio', 'ulab', 'usb', 'usb_cdc', 'usb_hid', 'usb_host'],
  ...['usb_midi', 'vectorio', 'watchdog', 'wifi'],
];

/** @returns What matches an import of a module, wherever it stands among others. */
function importing(...modules: readonly string[]): RegExp {
  return new RegExp(
    String.raw`^(?:import[ \t]+(?:[\w.]+[ \t]*,[ \t]*){0,20}|from[ \t]+)(?:${modules.join('|')})\b`,
    'm',
  );
}

/** Platforms and other Pythons that run programs. */
export const platforms = hostsOf('2026-11-29', [
  {
    host: 'MicroPython',
    modules: micropython,
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
    // These two are run when a board starts: https://docs.micropython.org/en/latest/reference/reset_boot.html
    host: 'MicroPython',
    modules: micropython,
    files: /(?:^|\/)(?:boot|main)\.py$/,
    holds: importing(
      'machine',
      'micropython',
      'esp',
      'esp32',
      'rp2',
      'pyb',
      'utime',
      'ujson',
      'uos',
      'usocket',
    ),
    source: 'https://docs.micropython.org/en/latest/library/index.html',
  },
  {
    // https://docs.circuitpython.org/en/stable/README.html#behavior
    host: 'CircuitPython',
    modules: circuitpython,
    files: /(?:^|\/)(?:code|boot)\.py$/,
    holds: importing('board', 'digitalio', 'microcontroller', 'supervisor', 'usb_cdc', 'usb_hid', 'usb_midi'),
    source: 'https://docs.circuitpython.org/en/stable/shared-bindings/index.html',
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
