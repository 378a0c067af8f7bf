"""Starts the processes of a worker of the tests, which asks on standard input (test/kit/child-process.ts).

A message is the lengths of its two parts, the first of them JSON and the second bytes. Python starts a process without
a copy of its own memory (`posix_spawn`), which Node can't: with it a short git takes half as long.
"""

import errno
import json
import os
import select
import signal
import struct

LENGTHS = struct.Struct('>II')
CHUNK = 1 << 20


class Process:
    """A process that runs, and what is yet to be told of it."""

    def __init__(self, number, is_answered):
        self.number = number
        self.is_answered = is_answered
        self.output = {'stdout': [], 'stderr': []}
        self.open = {}
        self.input = None
        self.waiting = bytearray()
        self.is_input_complete = False
        self.pid = None


running = {}
streams = {}
poll = select.poll()


def tell(message, content=b''):
    text = json.dumps(message).encode()
    remaining = memoryview(LENGTHS.pack(len(text), len(content)) + text + content)
    while remaining:
        remaining = remaining[os.write(1, remaining):]


def program(file, path):
    """The file that `execvp` would start."""
    if '/' in file:
        return file
    for folder in path.split(':'):
        candidate = os.path.join(folder or '.', file)
        if os.access(candidate, os.X_OK) and not os.path.isdir(candidate):
            return candidate
    raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))


def start(request):
    process = Process(request['id'], request['hasInput'])
    pipes = {name: os.pipe() for name in ('stdout', 'stderr')}
    actions = [(os.POSIX_SPAWN_DUP2, pipes['stdout'][1], 1), (os.POSIX_SPAWN_DUP2, pipes['stderr'][1], 2)]
    if request['hasInput']:
        source, process.input = os.pipe()
        os.set_blocking(process.input, False)
        actions.append((os.POSIX_SPAWN_DUP2, source, 0))
    else:
        actions.append((os.POSIX_SPAWN_OPEN, 0, '/dev/null', os.O_RDWR, 0))
    environment = request['env']
    try:
        os.chdir(request['cwd'])
        process.pid = os.posix_spawn(
            program(request['file'], environment.get('PATH', os.defpath)),
            [word.encode(errors='replace') for word in (request['file'], *request['words'])],
            {name.encode(): value.encode(errors='replace') for name, value in environment.items()},
            file_actions=actions,
            setsigdef=[signal.SIGPIPE, signal.SIGXFSZ],
        )
    except OSError as error:
        code = errno.errorcode.get(error.errno, 'EIO')
        message = f"spawn {request['file']} {code}"
        tell({'id': process.number, 'kind': 'error', 'message': message, 'code': code})
        tell({'id': process.number, 'kind': 'end', 'code': -error.errno, 'signal': None, 'stdoutLength': 0})
    if request['hasInput']:
        os.close(source)
    for name, (reader, writer) in pipes.items():
        os.close(writer)
        if process.pid is None:
            os.close(reader)
            continue
        process.open[reader] = name
        streams[reader] = process
        poll.register(reader, select.POLLIN)
    if process.pid is None:
        close_input(process)
    else:
        running[process.number] = process


def close_input(process):
    if process.input is None:
        return
    if streams.pop(process.input, None) is not None:
        poll.unregister(process.input)
    os.close(process.input)
    process.input = None


def feed(process):
    """Writes what a process takes of its input now. One that has ended takes nothing more."""
    try:
        while process.waiting:
            del process.waiting[:os.write(process.input, process.waiting)]
    except BlockingIOError:
        streams[process.input] = process
        poll.register(process.input, select.POLLOUT)
        return
    except OSError:
        process.is_input_complete = True
    if process.is_input_complete:
        close_input(process)
    elif streams.pop(process.input, None) is not None:
        poll.unregister(process.input)


def take(process, stream):
    content = os.read(stream, CHUNK)
    name = process.open[stream]
    if content and process.is_answered:
        tell({'id': process.number, 'kind': 'output', 'stream': name}, content)
    elif content:
        process.output[name].append(content)
    else:
        poll.unregister(stream)
        os.close(stream)
        del streams[stream], process.open[stream]


def tell_ends():
    """Tells of the processes that have ended and whose output nobody holds open."""
    for process in [process for process in running.values() if not process.open]:
        pid, status = os.waitpid(process.pid, os.WNOHANG)
        if pid == 0:
            continue
        close_input(process)
        del running[process.number]
        code = os.waitstatus_to_exitcode(status)
        stdout, stderr = (b''.join(process.output[name]) for name in ('stdout', 'stderr'))
        end = {'code': code, 'signal': None} if code >= 0 else {'code': None, 'signal': signal.Signals(-code).name}
        tell({'id': process.number, 'kind': 'end', **end, 'stdoutLength': len(stdout)}, stdout + stderr)


def obey(request, content):
    if request['kind'] == 'start':
        start(request)
        return
    process = running.get(request['id'])
    if process is None:
        return
    if request['kind'] == 'kill':
        os.kill(process.pid, signal.Signals[request['signal']])
    elif process.input is not None:
        process.waiting += content
        process.is_input_complete = request['kind'] == 'inputEnd'
        feed(process)


def requests():
    """Each request as it comes in full. They end with the worker."""
    received = bytearray()
    while True:
        while len(received) >= LENGTHS.size:
            text, content = LENGTHS.unpack_from(received)
            end = LENGTHS.size + text + content
            if len(received) < end:
                break
            message = json.loads(received[LENGTHS.size:LENGTHS.size + text])
            yield message, bytes(received[LENGTHS.size + text:end])
            del received[:end]
        yield None
        chunk = os.read(0, CHUNK)
        if not chunk:
            return
        received += chunk


def main():
    ended, ends = os.pipe()
    for end in (ended, ends):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(ends)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for stream in (0, ended):
        poll.register(stream, select.POLLIN)
    incoming = requests()
    next(incoming)
    while True:
        # Requests last: a new pipe may have the number of one that is closed here.
        for stream, _ in sorted(poll.poll(), reverse=True):
            if stream == 0:
                for request in incoming:
                    if request is None:
                        break
                    obey(*request)
                else:
                    return
            elif stream == ended:
                os.read(ended, CHUNK)
            elif stream in streams:
                process = streams[stream]
                if stream == process.input:
                    feed(process)
                else:
                    take(process, stream)
        tell_ends()


main()
