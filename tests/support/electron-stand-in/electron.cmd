@echo off
node --disable-warning=ExperimentalWarning --import "%~dp0register.ts" "%~dp0main.ts" %*
