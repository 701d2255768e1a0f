package demo

import (
	"bufio"
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"strings"
	"time"

	access "github.com/wardlight/wardlight/cmd/internal/acl"
	"github.com/wardlight/wardlight/redisx"
)

// anybody is what every program on this machine may do without signing in:
// publish on the wards' intake channels, so that a plain redis-cli shows how
// other systems raise alerts.
const anybody = "on nopass resetkeys resetchannels -@all +ping +publish &wl:ch:{*}:intake"

// acl is the users with which the server starts, and the password of the one
// that lets everybody in later.
//
// The server replays its append-only file as the default user and checks the
// rights of what stood in a transaction, as all that a script wrote does: with
// few rights it would lose the ward's stream without a word. So that user starts
// with all rights but shut, and gets its few once the file is read.
func acl(k redisx.Keys, station string) (lines []string, opener string) {
	opener = rand.Text()
	return []string{
		"user default off nopass ~* &* +@all",
		access.User{Name: "station", Role: access.Workstation, Hash: access.HashOf(station)}.Line(k),
		"user opener on #" + access.HashOf(opener) + " -@all +acl +ping",
	}, opener
}

// letIn gives the default user its few rights, once the append-only file is read, and
// removes the opener.
func letIn(ctx context.Context, addr, opener string) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	if limit, is := ctx.Deadline(); is {
		_ = conn.SetDeadline(limit)
	}
	replies := bufio.NewReader(conn)
	ask := func(command string) (string, error) {
		if _, err := fmt.Fprintf(conn, "%s\r\n", command); err != nil {
			return "", err
		}
		reply, err := replies.ReadString('\n')
		return strings.TrimSpace(reply), err
	}
	// The last one closes the connection after its answer.
	for _, command := range []string{"AUTH opener " + opener, "PING", "ACL SETUSER default reset " + anybody,
		"ACL DELUSER opener"} {
		reply, err := ask(command)
		// A server that still reads its file says so to nobody who has not signed in.
		for strings.HasPrefix(reply, "-LOADING") && err == nil {
			time.Sleep(5 * time.Millisecond)
			reply, err = ask(command)
		}
		if err != nil {
			return fmt.Errorf("redis users: %w", err)
		}
		if strings.HasPrefix(reply, "-") {
			return fmt.Errorf("redis users: %s", reply)
		}
	}
	return nil
}
