package keyring

import (
	"github.com/zalando/go-keyring"
)

// library is the operating system's keyring.
type library struct{}

func (library) Get(service, name string) (string, error) { return keyring.Get(service, name) }
func (library) Set(service, name, secret string) error   { return keyring.Set(service, name, secret) }
func (library) Delete(service, name string) error        { return keyring.Delete(service, name) }

// process is the one line of this process: on Linux the library keeps one bus
// connection for everybody, and prompts of two calls on it would be confused.
var process = newLine(patience)

// Open returns the operating system's keyring; service tells this program's
// secrets from others'. It does not touch the keyring yet. Any goroutine may
// use it.
func Open(service string) Store {
	return &guarded{service: service, lib: library{}, ready: ready, line: process, limit: Limit}
}
