// Package recordtest gives tests real records on both engines: a SQLite file in
// the test's own folder, and a database of a real PostgreSQL server that the
// test binary starts on a private Unix socket and ends.
//
// [Each] runs a test on both. Servers need Debian's package "postgresql", or its
// programs in the folder that the variable POSTGRES_BIN names; without them the
// PostgreSQL half of a test is skipped.
package recordtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers "pgx"
)

// ErrNoServer means that there is no PostgreSQL to run.
var ErrNoServer = errors.New("recordtest: no PostgreSQL found")

// Admin is the user that owns every database of a test's server. The socket's
// folder lets nobody else in, so it needs no password.
const Admin = "wardlight"

// Server is a running PostgreSQL.
type Server struct {
	bin, dir string
	port     int      // on 127.0.0.1; 0: on its socket alone
	env      []string // of its process, besides the test's own
	cmd      *exec.Cmd
	ended    chan struct{}
	next     atomic.Int64
}

// Start starts a server with its data in a new folder. With durable it writes as
// a hospital's does; without, faster and unsafe against a power cut only.
// Extra lines go to the top of pg_hba.conf.
func Start(ctx context.Context, durable bool, hba ...string) (s *Server, err error) {
	s = &Server{}
	if s.bin, err = binaries(); err != nil {
		return nil, err
	}
	if s.dir, err = os.MkdirTemp("", "pg"); err != nil { // short: a socket's path has 107 bytes
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(s.dir))
		}
	}()
	if err = handOver(s.dir); err != nil {
		return nil, err
	}
	initdb := exec.CommandContext(ctx, filepath.Join(s.bin, "initdb"), "-D", s.data(), "-U", Admin, "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--data-checksums")
	unprivileged(initdb, s.dir)
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("recordtest: initdb: %w: %s", err, out)
	}
	conf := "listen_addresses = ''\nunix_socket_directories = '" + s.dir +
		"'\nmax_connections = 200\nshared_buffers = 64MB\n" +
		"restart_after_crash = on\nlog_min_messages = fatal\n" +
		"include_if_exists = 'network.conf'\n"
	if !durable {
		conf += "fsync = off\nfull_page_writes = off\n"
	}
	if err = appendTo(filepath.Join(s.data(), "postgresql.conf"), conf); err != nil {
		return nil, err
	}
	rules := strings.Join(append(hba, "local all all trust\n"), "\n")
	if err = os.WriteFile(filepath.Join(s.data(), "pg_hba.conf"), []byte(rules), 0o644); err != nil {
		return nil, err
	}
	return s, s.Up(ctx)
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// Up starts the server again after [Server.Kill] and waits until it answers.
func (s *Server) Up(ctx context.Context) error {
	s.cmd = exec.Command(filepath.Join(s.bin, "postgres"), "-D", s.data())
	s.cmd.Env = append(os.Environ(), s.env...)
	unprivileged(s.cmd, s.dir)
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	s.cmd.Stdout, s.cmd.Stderr = log, log
	err = s.cmd.Start()
	if err = errors.Join(err, log.Close()); err != nil {
		return err
	}
	ended := make(chan struct{})
	s.ended = ended
	cmd := s.cmd
	go func() { _ = cmd.Wait(); close(ended) }() // how it ended does not matter
	return s.Answers(ctx)
}

// Answers waits until the server takes connections.
func (s *Server) Answers(ctx context.Context) error {
	db, err := sql.Open("pgx", s.DSN("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	for {
		err := db.PingContext(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-s.ended:
			text, _ := os.ReadFile(filepath.Join(s.dir, "log"))
			return fmt.Errorf("recordtest: the server ended: %s", text)
		case <-ctx.Done():
			return fmt.Errorf("recordtest: no answer: %w", err)
		case <-again.C:
		}
	}
}

// DSN is the connection string of a database, for [Admin].
func (s *Server) DSN(database string) string {
	dsn := "host=" + s.dir + " user=" + Admin + " dbname=" + database
	if s.port != 0 {
		dsn += " port=" + strconv.Itoa(s.port)
	}
	return dsn
}

// Exec runs a statement as [Admin] in a database.
func (s *Server) Exec(ctx context.Context, database, query string) error {
	db, err := sql.Open("pgx", s.DSN(database))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, query)
	return errors.Join(err, db.Close())
}

// Database makes a new database, as a copy of template ("" is an empty one), and
// returns its name.
func (s *Server) Database(ctx context.Context, template string) (string, error) {
	name := "t" + strconv.FormatInt(s.next.Add(1), 10)
	query := "CREATE DATABASE " + name
	if template != "" {
		query += " TEMPLATE " + template
	}
	return name, s.Exec(ctx, "postgres", query)
}

// PID is the server's first process.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Kill ends the server at once, as a crash of the machine's would: nothing is
// closed, and connections break.
func (s *Server) Kill() error {
	err := immediate(s.cmd.Process)
	<-s.ended
	return err
}

// Close ends the server and removes its data.
func (s *Server) Close() error {
	select {
	case <-s.ended:
	default:
		if err := s.Kill(); err != nil {
			return err
		}
	}
	return os.RemoveAll(s.dir)
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close())
}

// binaries is the folder of the newest PostgreSQL.
func binaries() (string, error) {
	if dir := os.Getenv("POSTGRES_BIN"); dir != "" {
		return dir, nil
	}
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // the pattern is well formed
	slices.SortFunc(dirs, func(a, b string) int { return version(a) - version(b) })
	for _, dir := range slices.Backward(dirs) {
		if _, err := os.Stat(filepath.Join(dir, "postgres")); err == nil {
			return dir, nil
		}
	}
	return "", ErrNoServer
}

func version(dir string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir))) // what is no number sorts first
	return n
}
