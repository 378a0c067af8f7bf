/**
 * Top-level modules of the standard library in any CPython from 3.9 to 3.15, on any platform: what
 * `sys.stdlib_module_names` of 3.10 to 3.15 lists (https://docs.python.org/3/library/sys.html#sys.stdlib_module_names;
 * 3.14 and 3.15 after https://docs.python.org/3.15/whatsnew/3.15.html, 2026-11), the modules that 3.10 removed from 3.9
 * (`formatter`, `parser`, `symbol`), and two that it leaves out although an import of them always leads there:
 * `__main__` and `test` (https://docs.python.org/3/library/test.html), which come before installed packages on the path.
 */
const modules: ReadonlySet<string> = new Set(
  `
  __future__ __main__ _abc _aix_support _android_support _apple_support _ast _ast_unparse _asyncio _bisect
  _blake2 _bootlocale _bootsubprocess _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp
  _codecs_kr _codecs_tw _collections _collections_abc _colorize _compat_pickle _compression _contextvars
  _crypt _csv _ctypes _curses _curses_panel _datetime _dbm _decimal _elementtree _frozen_importlib
  _frozen_importlib_external _functools _gdbm _hashlib _heapq _hmac _imp _interpchannels _interpqueues
  _interpreters _io _ios_support _json _locale _lsprof _lzma _markupbase _math_integer _md5 _msi
  _multibytecodec _multiprocessing _opcode _opcode_metadata _operator _osx_support _overlapped _peg_parser
  _pickle _posixshmem _posixsubprocess _py_abc _py_warnings _pydatetime _pydecimal _pyio _pylong _pyrepl
  _queue _random _remote_debugging _scproxy _sha1 _sha2 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket
  _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct _suggestions _symtable _sysconfig _thread
  _threading_local _tkinter _tokenize _tracemalloc _types _typing _uuid _warnings _weakref _weakrefset
  _winapi _wmi _zoneinfo _zstd abc aifc annotationlib antigravity argparse array ast asynchat asyncio
  asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2 cProfile calendar cgi cgitb chunk
  cmath cmd code codecs codeop collections colorsys compileall compression concurrent configparser
  contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis
  distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch
  formatter fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib
  heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword
  lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib
  msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os
  ossaudiodev parser pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath
  pprint profile profiling pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re
  readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site
  smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat
  statistics string stringprep struct subprocess sunau symbol symtable sys sysconfig syslog tabnanny tarfile
  telnetlib tempfile termios test textwrap this threading time timeit tkinter token tokenize tomllib trace
  traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings
  wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
  `
    .trim()
    .split(/\s+/),
);

/**
 * Does a specifier lead into the standard library of any supported Python? Its top-level module decides;
 * relative specifiers never do.
 */
export function isStdlib(specifier: string): boolean {
  return modules.has(specifier.split('.', 1)[0] ?? '');
}

/**
 * Top-level modules of Python 2.7 and of 3.0 to 3.8 that no later Python has, but for `test`
 * (https://docs.python.org/2.7/py-modindex.html, 2026-11).
 */
export const oldModules: ReadonlySet<string> = new Set(
  `
  BaseHTTPServer Bastion CGIHTTPServer Canvas ConfigParser Cookie Dialog DocXMLRPCServer FileDialog FixTk HTMLParser
  MimeWriter Queue ScrolledText SimpleDialog SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO Tix Tkconstants
  Tkdnd Tkinter UserDict UserList UserString __builtin__ _dummy_thread _dummy_threading _winreg anydbm audiodev bsddb
  cPickle cStringIO commands compiler cookielib copy_reg dbhash dircache dl dumbdbm dummy_thread dummy_threading
  exceptions fpformat future_builtins gdbm hotshot htmlentitydefs htmllib httplib ihooks imageop imputil macpath
  macurl2path mhlib mimetools mimify multifile mutex md5 new popen2 posixfile repr rexec rfc822 robotparser sets sgmllib
  sha statvfs strop sunaudio thread tkColorChooser tkCommonDialog tkFileDialog tkFont tkMessageBox tkSimpleDialog toaiff
  ttk urllib2 urlparse user whichdb xmllib xmlrpclib
  `
    .trim()
    .split(/\s+/),
);

/** Does a specifier lead into the standard library of a Python that this tool does not check programs for? */
export function isOldStdlib(specifier: string): boolean {
  return oldModules.has(specifier.split('.', 1)[0] ?? '');
}
