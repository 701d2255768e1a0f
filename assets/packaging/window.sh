# shellcheck shell=sh
# shellcheck disable=SC2154,SC2034
# What the proofs do with a window, for them to read in. They bring say and fail,
# $app (the program's process), $log (what it says) and $shots (where pictures go).

# appears TENTHS: waits so long for the program's window.
appears() {
	tries=0
	until window=$(xdotool search --onlyvisible --name '^Wardlight' 2>/dev/null | head -n 1) && [ -n "$window" ]; do
		tries=$((tries + 1))
		if [ $tries -ge "$1" ] || ! kill -0 "$app" 2>/dev/null; then
			cat "$log" >&2
			fail "no window appeared"
		fi
		sleep 0.1
	done
}

# picture NAME: once the window has stopped changing, and shows something.
picture() {
	tries=0
	was=none
	until is=$(import -window root -depth 8 rgb:- | cksum) && [ "$is" = "$was" ]; do
		was=$is
		tries=$((tries + 1))
		[ $tries -lt 40 ] || break # a cursor that blinks, a clock that runs
		sleep 0.5
	done
	import -window root "$shots/$1.png"
	colours=$(identify -format %k "$shots/$1.png")
	[ "$colours" -gt 50 ] || fail "$shots/$1.png shows nothing: $colours colours"
	say "picture in $shots/$1.png"
}

# closed: the window's close button; the program must end by itself, well.
closed() {
	xdotool windowfocus --sync "$window" key alt+F4
	tries=0
	while kill -0 "$app" 2>/dev/null; do
		tries=$((tries + 1))
		[ $tries -lt 100 ] || fail "the window was closed and the program runs on"
		sleep 0.1
	done
	wait "$app" || { cat "$log" >&2; fail "ended with an error"; }
	! grep -E 'panic|DATA RACE|fatal error' "$log" || fail "see above"
}
