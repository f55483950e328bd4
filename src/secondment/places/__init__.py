"""挂职地情况 (人地物事情景): what each secondee finds, improves and hands over."""
