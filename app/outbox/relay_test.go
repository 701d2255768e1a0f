package outbox_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/outbox"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// The environment tells the program that is killed where to relay.
const (
	childPath  = "WARDLIGHT_TEST_RECORD"
	childDSN   = "WARDLIGHT_TEST_RECORD_DSN"
	childRedis = "WARDLIGHT_TEST_REDIS"
)

func TestMain(m *testing.M) {
	if addr := os.Getenv(childRedis); addr != "" {
		err := relay(addr,
			records.Options{Path: os.Getenv(childPath), DSN: os.Getenv(childDSN), Logger: recordtest.Quiet})
		fmt.Println("error", err)
		return
	}
	os.Exit(recordtest.Main(m))
}

func connect(addr string) (*redisx.Client, error) {
	return redisx.Open(redisx.Config{Addrs: []string{addr}})
}

func feed(c *redisx.Client) *redisx.Feed {
	return redisx.NewFeed(c, "alerts:4B", redisx.FeedOptions{MaxLen: 100_000})
}

// relay is a station's relay, under a lease that outlives its death briefly.
func relay(addr string, o records.Options) error {
	ctx := context.Background() // this process has no other end than SIGKILL
	c, err := connect(addr)
	if err != nil {
		return err
	}
	s, err := records.Open(ctx, o)
	if err != nil {
		return err
	}
	locks := redisx.NewLocks(c, redisx.LockOptions{TTL: 300 * time.Millisecond, Topic: "duties"})
	who := redisx.Holder{Owner: fmt.Sprint(os.Getpid()), Session: fmt.Sprint(os.Getpid())}
	outbox.NewRelay(outbox.Relay{Log: s, Every: 20 * time.Millisecond,
		Lead: func(ctx context.Context) (outbox.Lease, error) {
			l, err := locks.Acquire(ctx, "duties", "relay", who)
			if err != nil {
				return nil, err
			}
			fmt.Println("leading")
			return l, nil
		},
		Send: func(ctx context.Context, batch []outbox.Change) error {
			for _, change := range batch {
				payload, err := json.Marshal(change)
				if err != nil {
					return err
				}
				if change.Kind != outbox.Alert {
					continue
				}
				if _, err := feed(c).Append(ctx, strconv.FormatInt(change.Seq, 10), payload); err != nil {
					return err
				}
			}
			return nil
		}}).Run(ctx)
	return errors.New("the relay ended")
}

// Relays are killed in the middle of their work, writers commit meanwhile, and
// what reaches the stream is every alert's every move, once, in commit order.
//
// Seen red: with the mark moved before the batch is sent, moves are lost at the
// first kill; with a random ID in place of the Seq in Append, moves come twice.
func TestKilledRelaysLoseAndTurnNothing(t *testing.T) {
	moves, kills := 600, 6
	if full {
		moves, kills = 10_000, 100
	}
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		server := redistest.Start(t, redistest.Options{})
		client, err := connect(server.Addr())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = client.Close() }()
		s := r.Open(t)
		if err := s.PutWard(t.Context(), ward.Ward{ID: "4B"}); err != nil {
			t.Fatal(err)
		}

		var writers sync.WaitGroup
		for w := range 4 {
			own := r.Open(t)
			writers.Go(func() {
				for n := w; n < moves; n += 4 {
					m := alert.Move{ID: fmt.Sprint("m", n), Kind: alert.Raised,
						Alert: alert.Alert{ID: fmt.Sprint("a", n), Ward: "4B", Priority: alert.High, Text: "x"}}
					if _, err := own.AppendMove(t.Context(), m); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		dice := rand.New(rand.NewPCG(5, 6))
		start := func() (*exec.Cmd, *bufio.Scanner) {
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
			child.Env = append(os.Environ(), childPath+"="+r.Options.Path, childDSN+"="+r.Options.DSN,
				childRedis+"="+server.Addr())
			out, err := child.StdoutPipe()
			if err == nil {
				err = child.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			return child, bufio.NewScanner(out)
		}
		for range kills {
			child, out := start()
			if !out.Scan() || out.Text() != "leading" {
				t.Fatalf("the relay says %q", out.Text())
			}
			time.Sleep(time.Duration(dice.IntN(30)) * time.Millisecond) // anywhere in its work
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = child.Wait() // killed, as it should be
		}
		writers.Wait()
		last, _ := start() // ended with the test

		want, err := s.MovesAfter(t.Context(), "4B", 0, moves+1)
		if err != nil || len(want) != moves {
			t.Fatalf("%d moves on record: %v", len(want), err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
		defer cancel()
		var got []string
		_ = feed(client).Follow(ctx, redisx.FromStart, redisx.FeedHandler{
			Event: func(e redisx.Event) {
				if got = append(got, e.ID); len(got) == moves {
					cancel()
				}
			},
			Gap:  func(from, to redisx.Position) { t.Errorf("gap from %s to %s", from, to) },
			Link: func(bool, time.Time) {}})
		_ = last.Process.Kill()
		_ = last.Wait()
		if len(got) != moves {
			t.Fatalf("%d moves in the stream, want %d", len(got), moves)
		}
		for n, m := range want {
			if got[n] != strconv.FormatInt(m.Seq, 10) {
				t.Fatalf("place %d: change %s, want %d; around it: %s", n, got[n], m.Seq,
					strings.Join(got[max(0, n-3):min(len(got), n+4)], " "))
			}
		}
		t.Logf("%s: %d moves, relay killed %d times: 0 lost, 0 doubled, 0 out of order", r.Engine, moves, kills)
	})
}
