"""An invented news world on loopback; imports nothing of ours."""
