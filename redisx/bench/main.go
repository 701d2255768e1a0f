package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

func main() {
	rounds := flag.Int("rounds", 7, "measured rounds a section")
	only := flag.String("only", "", "measure only sections whose title contains this")
	out := flag.String("o", "RESULTS.md", "file to write, or - for none")
	cpu := flag.String("cpu", "1", "CPU that client and server share; empty for all")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if done, err := pin(ctx, *cpu); done {
		exit(err)
		return
	}
	exit(run(ctx, *rounds, *only, *out))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

const pinned = "REDISX_BENCH_PINNED"

// pin starts this program again under taskset, so that it and the server it
// starts run on one CPU. done is false where that cannot be.
func pin(ctx context.Context, cpu string) (done bool, err error) {
	if cpu == "" || os.Getenv(pinned) != "" {
		return false, nil
	}
	taskset, err := exec.LookPath("taskset")
	if err != nil || exec.CommandContext(ctx, taskset, "-c", cpu, "true").Run() != nil {
		return false, nil
	}
	self, err := os.Executable()
	if err != nil {
		return false, nil
	}
	cmd := exec.CommandContext(ctx, taskset, append([]string{"-c", cpu, self}, os.Args[1:]...)...)
	cmd.Env = append(os.Environ(), pinned+"="+cpu)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return true, cmd.Run()
}

func run(ctx context.Context, rounds int, only, file string) error {
	redisx.LogTo(slog.New(slog.DiscardHandler))
	dir, err := os.MkdirTemp("", "redisx-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	server, err := redistest.Run(ctx, redistest.ServerConfig{Dir: dir})
	if err != nil {
		return err
	}
	defer server.Close()
	e := &env{addr: server.Addr()}

	var report bytes.Buffer
	w := io.MultiWriter(os.Stdout, &report)
	head(ctx, w, e, rounds)
	all := append([]section{sessions()}, caches()...)
	all = append(all, locks()...)
	all = append(all, alerts())
	for _, s := range all {
		if !strings.Contains(strings.ToLower(s.title), strings.ToLower(only)) {
			continue
		}
		s.write(w, s.measure(ctx, e, rounds))
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if only == "" {
		revived(ctx, w, e)
	}
	if file == "-" {
		return nil
	}
	return os.WriteFile(file, report.Bytes(), 0o644)
}

func head(ctx context.Context, w io.Writer, e *env, rounds int) {
	fmt.Fprintf(w, "# redisx beside the libraries it replaces\n\nWritten by `make bench`. %s/%s, %s, GOMAXPROCS %d",
		runtime.GOOS, runtime.GOARCH, runtime.Version(), runtime.GOMAXPROCS(0))
	if cpu := os.Getenv(pinned); cpu != "" {
		fmt.Fprint(w, ", client and server on one CPU")
	}
	version := "?"
	c, err := redisx.Open(redisx.Config{Addrs: []string{e.addr}})
	if err == nil {
		if h, err := c.Health(ctx); err == nil {
			version = h[0].Version
		}
		_ = c.Close()
	}
	fmt.Fprintf(w, ", redis-server %s without persistence.\n%d rounds of all rows in turns; a figure is the median of the rounds' medians.\n%s\n",
		version, rounds, time.Now().UTC().Format("2006-01-02"))
}
