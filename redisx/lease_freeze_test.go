//go:build unix

package redisx_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

const freezeTTL = 300 * time.Millisecond

// TestStationProcess is no test: it is the station that TestFrozenHolder starts
// as a process of its own and freezes.
func TestStationProcess(t *testing.T) {
	addr, group := os.Getenv("REDISX_TEST_ADDR"), os.Getenv("REDISX_TEST_GROUP")
	if addr == "" {
		t.Skip("runs as a process of TestFrozenHolder")
	}
	locks := redisx.NewLocks(open(t, addr), redisx.LockOptions{TTL: freezeTTL})
	for lines := bufio.NewScanner(os.Stdin); ; {
		lease, err := locks.Await(t.Context(), group, "notes", who(1))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("station held %d\n", lease.Fence())
		if !lines.Scan() {
			return
		}
		// What a program does that does not look before it writes, and what it
		// would have been told.
		fmt.Printf("station writes %d %v\n", lease.Fence(), lease.Err() == nil)
		_ = lease.Release(t.Context())
	}
}

// record stores a version and the highest fence, and refuses both what started
// from an older version and a lower fence.
type guarded struct {
	mu      sync.Mutex
	version int
	fence   uint64
}

func (r *guarded) save(version int, fence uint64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if version != r.version || fence < r.fence {
		return false
	}
	r.version, r.fence = r.version+1, fence
	return true
}

func (r *guarded) at() int { r.mu.Lock(); defer r.mu.Unlock(); return r.version }

// A holder frozen past its lease, in a process that really stands still, wakes
// up, and writes at once. A record that checks version and fence refuses it, and
// the lease says that it was lost, each time. Without the checks the record
// takes the write of every one (counted as "unguarded"); seen red with save
// comparing nothing, and with Lease.Err not looking at the clock.
func TestFrozenHolder(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	locks := redisx.NewLocks(open(t, s.Addr()), redisx.LockOptions{TTL: freezeTTL})
	stations, rounds := scaled(4, 10), scaled(8, 50)
	var freezes, accepted, believed, unguarded atomic.Int64
	var wg sync.WaitGroup
	for i := range stations {
		wg.Go(func() {
			group := fmt.Sprint("p", i)
			station, in, out := startStation(t, s.Addr(), group)
			defer func() {
				_ = in.Close()
				_ = station.Process.Signal(syscall.SIGCONT)
				_ = station.Process.Kill()
				_ = station.Wait()
			}()
			record := &guarded{}
			for range rounds {
				var fence uint64
				if _, err := fmt.Sscanf(said(out), "station held %d", &fence); err != nil {
					t.Error("the station does not hold: ", err)
					return
				}
				read := record.at() // what the station read before it was frozen
				if err := station.Process.Signal(syscall.SIGSTOP); err != nil {
					t.Error(err)
					return
				}
				ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
				rival, err := locks.Await(ctx, group, "notes", who(2))
				cancel()
				if err != nil {
					t.Error(err)
					return
				}
				if !record.save(record.at(), rival.Fence()) {
					t.Error("the record refused the true holder")
				}
				fmt.Fprintln(in, "go")
				_ = station.Process.Signal(syscall.SIGCONT)
				var late uint64
				var holds bool
				if _, err := fmt.Sscanf(said(out), "station writes %d %t", &late, &holds); err != nil {
					t.Error("the station does not write: ", err)
					return
				}
				freezes.Add(1)
				if late == fence {
					unguarded.Add(1)
				}
				if holds {
					believed.Add(1)
				}
				if record.save(read, late) || record.save(record.at(), late) {
					accepted.Add(1)
				}
				if err := rival.Release(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	want := int64(stations * rounds)
	t.Logf("%d freezes past the lease: %d late writes accepted, %d leases still believed in; %d unguarded",
		freezes.Load(), accepted.Load(), believed.Load(), unguarded.Load())
	if freezes.Load() != want || unguarded.Load() != want {
		t.Errorf("%d of %d freezes", freezes.Load(), want)
	}
	if accepted.Load()+believed.Load() != 0 {
		t.Errorf("%d accepted, %d believed", accepted.Load(), believed.Load())
	}
}

func startStation(t *testing.T, addr, group string) (*exec.Cmd, io.WriteCloser, *bufio.Scanner) {
	t.Helper()
	station := exec.Command(os.Args[0], "-test.run=^TestStationProcess$")
	station.Env = append(os.Environ(), "REDISX_TEST_ADDR="+addr, "REDISX_TEST_GROUP="+group)
	in, err := station.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := station.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := station.Start(); err != nil {
		t.Fatal(err)
	}
	return station, in, bufio.NewScanner(out)
}

// said is the station's next line.
func said(out *bufio.Scanner) string {
	for out.Scan() {
		if line := out.Text(); strings.HasPrefix(line, "station ") {
			return line
		}
	}
	return ""
}
