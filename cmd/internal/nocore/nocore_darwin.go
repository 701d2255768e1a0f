package nocore

import "syscall"

// Set asks for no core file, whatever the shell allowed.
func Set() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
