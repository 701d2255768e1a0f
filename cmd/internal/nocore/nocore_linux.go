package nocore

import "syscall"

// prSetDumpable is PR_SET_DUMPABLE of prctl(2), which package syscall lacks.
const prSetDumpable = 4

// Set asks for no core file, whatever the shell allowed, and that nobody of this
// user attaches to the process or reads its memory. Where core files go through a
// pipe (core_pattern with "|") only the second one counts. It cannot fail on a
// system that this program runs on; were it refused, nothing else would change.
func Set() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, prSetDumpable, 0, 0)
}
